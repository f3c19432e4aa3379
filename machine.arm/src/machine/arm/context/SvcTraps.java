// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.context;

import kernel.lwp.machine.TrapAbi;
import kernel.lwp.machine.UcontextWords;

/**
 * The SVC instruction, which carries the number itself, of NetBSD's ARM ports (sys/arch/{arm,aarch64}: syscall.c):
 * arguments in the first registers and then on the stack, results in the first two, errors with the carry flag.
 */
public final class SvcTraps implements TrapAbi {
    private static final long CARRY = 1L << 29;
    private static final long THUMB = 1L << 5;
    private static final int INSTRUCTION_BYTES = 4;
    private static final int THUMB_BYTES = 2;

    private final UcontextWords words;
    private final int wordBytes;
    private final int firstRegister;
    private final int argumentRegisters;
    private final int pc;
    private final int status;
    private final boolean thumb;

    private SvcTraps(int wordBytes, int firstRegister, int argumentRegisters, int pc, int status, boolean thumb) {
        words = new UcontextWords(wordBytes);
        this.wordBytes = wordBytes;
        this.firstRegister = firstRegister;
        this.argumentRegisters = argumentRegisters;
        this.pc = pc;
        this.status = status;
        this.thumb = thumb;
    }

    /** SVC #(0xa00000 | number) of the 32-bit port: R0 to R3. */
    public static SvcTraps arm32() {
        return new SvcTraps(Integer.BYTES, Arm32Layout.R0, 4, Arm32Layout.PC, Arm32Layout.CPSR, true);
    }

    /** SVC #number of the 64-bit port: X0 to X7. */
    public static SvcTraps aarch64() {
        return new SvcTraps(Long.BYTES, Aarch64Layout.X0, 8, Aarch64Layout.PC, Aarch64Layout.SPSR, false);
    }

    /** The number is in the instruction: no register holds it. */
    @Override
    public void enter(byte[] ucontext, int number, long[] arguments) {
        for (int i = 0; i < Math.min(arguments.length, argumentRegisters); i++) {
            words.put(ucontext, firstRegister + i * wordBytes, arguments[i]);
        }
    }

    @Override
    public int stackOffset(int argument) {
        return argument < argumentRegisters ? -1 : (argument - argumentRegisters) * wordBytes;
    }

    @Override
    public void succeed(byte[] ucontext, long value, long second) {
        words.put(ucontext, firstRegister, value);
        words.put(ucontext, firstRegister + wordBytes, second);
        words.put(ucontext, status, words.get(ucontext, status) & ~CARRY);
    }

    @Override
    public void fail(byte[] ucontext, int errno) {
        words.put(ucontext, firstRegister, errno);
        words.put(ucontext, status, words.get(ucontext, status) | CARRY);
    }

    @Override
    public void restart(byte[] ucontext) {
        boolean narrow = thumb && (words.get(ucontext, status) & THUMB) != 0;
        words.put(ucontext, pc, words.get(ucontext, pc) - (narrow ? THUMB_BYTES : INSTRUCTION_BYTES));
    }
}
