// SPDX-License-Identifier: BSD-2-Clause
package examples.riscv;

import kernel.lwp.machine.FpuFormat;
import kernel.lwp.machine.UcontextWords;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.machine.UserRegisters;
import kernel.sched.errno.Errno;

/**
 * A register context of this example's own: the common head of a 64-bit ucontext_t, then PC and x1 to x31, and the
 * floating-point state.
 *
 * <p>DEVIATION: no system's layout. 64 bytes of head, 32 registers of 8 bytes at 64, f0 to f31 and fcsr at 320, in all 584
 * bytes.
 */
final class RiscvContexts implements UserContextCodec {
    private static final int SIZE = 584;
    private static final int REGISTERS = 64;
    private static final int RETURN_ADDRESS = 1;
    private static final int STACK_POINTER = 2;
    private static final int THREAD_POINTER = 4;
    private static final int FRAME_POINTER = 8;
    private static final int ARGUMENT = 10;

    private final FpuFormat fpu = new RiscvFpu();
    private final UcontextWords words = new UcontextWords(Long.BYTES);

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public FpuFormat fpu() {
        return fpu;
    }

    @Override
    public int validate(byte[] ucontext, UserRegisters current) {
        boolean bad = (words.get(ucontext, register(0)) & 1) != 0 || (words.get(ucontext, register(STACK_POINTER)) & 15) != 0;
        return bad ? Errno.EINVAL : 0;
    }

    @Override
    public void load(byte[] ucontext, UserContext into) {
        words.loadHead(ucontext, into);
        UserRegisters registers = into.registers();
        registers.pc = words.get(ucontext, register(0));
        registers.returnAddress = words.get(ucontext, register(RETURN_ADDRESS));
        registers.sp = words.get(ucontext, register(STACK_POINTER));
        registers.tls = words.get(ucontext, register(THREAD_POINTER));
        registers.framePointer = words.get(ucontext, register(FRAME_POINTER));
        registers.argument = words.get(ucontext, register(ARGUMENT));
        registers.result = registers.argument;
        registers.status = 0;
    }

    @Override
    public void store(UserContext from, byte[] ucontext) {
        words.storeHead(from, ucontext);
        UserRegisters registers = from.registers();
        words.put(ucontext, register(0), registers.pc);
        words.put(ucontext, register(RETURN_ADDRESS), registers.returnAddress);
        words.put(ucontext, register(STACK_POINTER), registers.sp);
        words.put(ucontext, register(THREAD_POINTER), registers.tls);
        words.put(ucontext, register(FRAME_POINTER), registers.framePointer);
        words.put(ucontext, register(ARGUMENT), registers.argument);
    }

    @Override
    public long initialStatus() {
        return 0;
    }

    @Override
    public void makeStart(UserContext into, long start, long argument, long tls, long stackBase, long stackBytes,
            long returnTo) {
        into.startAt(start, argument, tls, stackBase, stackBytes, returnTo);
        into.registers().sp = stackBase + stackBytes & -16;
        into.registers().status = 0;
    }

    @Override
    public int checkPrivate(long value) {
        return 0;
    }

    static int register(int index) {
        return REGISTERS + Long.BYTES * index;
    }
}
