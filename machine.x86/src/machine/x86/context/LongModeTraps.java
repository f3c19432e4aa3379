// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

import kernel.lwp.machine.TrapAbi;
import kernel.lwp.machine.UcontextWords;

/**
 * The SYSCALL instruction of NetBSD/amd64 (sys/arch/x86/x86/syscall.c): number in RAX, six arguments in registers, results
 * in RAX and RDX, errors with the carry flag. RCX and R11 are destroyed.
 */
public final class LongModeTraps implements TrapAbi {
    private static final int INSTRUCTION_BYTES = 2;

    private final UcontextWords words = new UcontextWords(Long.BYTES);
    private final int[] argumentRegisters = {LongModeLayout.RDI, LongModeLayout.RSI, LongModeLayout.RDX,
        LongModeLayout.R10, LongModeLayout.R8, LongModeLayout.R9};

    @Override
    public void enter(byte[] ucontext, int number, long[] arguments) {
        words.put(ucontext, LongModeLayout.RAX, number);
        for (int i = 0; i < Math.min(arguments.length, argumentRegisters.length); i++) {
            words.put(ucontext, argumentRegisters[i], arguments[i]);
        }
        words.put(ucontext, LongModeLayout.RCX, words.get(ucontext, LongModeLayout.RIP));
        words.put(ucontext, LongModeLayout.R11, words.get(ucontext, LongModeLayout.RFLAGS));
    }

    /** Above the return address of the C function that makes the call. */
    @Override
    public int stackOffset(int argument) {
        int beyond = argument - argumentRegisters.length;
        return beyond < 0 ? -1 : Long.BYTES + beyond * Long.BYTES;
    }

    @Override
    public void succeed(byte[] ucontext, long value, long second) {
        words.put(ucontext, LongModeLayout.RAX, value);
        words.put(ucontext, LongModeLayout.RDX, second);
        StatusFlags.carry(words, ucontext, LongModeLayout.RFLAGS, false);
    }

    @Override
    public void fail(byte[] ucontext, int errno) {
        words.put(ucontext, LongModeLayout.RAX, errno);
        StatusFlags.carry(words, ucontext, LongModeLayout.RFLAGS, true);
    }

    @Override
    public void restart(byte[] ucontext) {
        words.put(ucontext, LongModeLayout.RIP, words.get(ucontext, LongModeLayout.RIP) - INSTRUCTION_BYTES);
    }
}
