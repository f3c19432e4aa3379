// SPDX-License-Identifier: BSD-2-Clause
package examples.riscv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.machine.UserRegisters;
import kernel.sched.errno.Errno;

/**
 * A register context of this example's own: the common head of a 64-bit ucontext_t, then PC and x1 to x31.
 *
 * <p>DEVIATION: no system's layout. 64 bytes of head and 32 registers of 8 bytes at 64, in all 320 bytes.
 */
final class RiscvContexts implements UserContextCodec {
    private static final int SIZE = 320;
    private static final int REGISTERS = 64;
    private static final int RETURN_ADDRESS = 1;
    private static final int STACK_POINTER = 2;
    private static final int THREAD_POINTER = 4;
    private static final int FRAME_POINTER = 8;
    private static final int ARGUMENT = 10;
    private static final int KNOWN_FLAGS =
            UserContext.UC_SIGMASK | UserContext.UC_STACK | UserContext.UC_CPU | UserContext.UC_TLSBASE;

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public int validate(byte[] ucontext, UserRegisters current) {
        boolean bad = (word(ucontext, register(0)) & 1) != 0 || (word(ucontext, register(STACK_POINTER)) & 15) != 0;
        return bad ? Errno.EINVAL : 0;
    }

    @Override
    public void load(byte[] ucontext, UserContext into) {
        into.flags = (int) word(ucontext, 0) & KNOWN_FLAGS;
        into.link = word(ucontext, 8);
        into.signalMaskLow = word(ucontext, 16);
        into.signalMaskHigh = word(ucontext, 24);
        into.stackBase = word(ucontext, 32);
        into.stackBytes = word(ucontext, 40);
        into.stackFlags = (int) word(ucontext, 48);
        UserRegisters registers = into.registers();
        registers.pc = word(ucontext, register(0));
        registers.returnAddress = word(ucontext, register(RETURN_ADDRESS));
        registers.sp = word(ucontext, register(STACK_POINTER));
        registers.tls = word(ucontext, register(THREAD_POINTER));
        registers.framePointer = word(ucontext, register(FRAME_POINTER));
        registers.argument = word(ucontext, register(ARGUMENT));
        registers.result = registers.argument;
        registers.status = 0;
    }

    @Override
    public void store(UserContext from, byte[] ucontext) {
        Arrays.fill(ucontext, (byte) 0);
        ByteBuffer bytes = ByteBuffer.wrap(ucontext).order(ByteOrder.LITTLE_ENDIAN);
        UserRegisters registers = from.registers();
        bytes.putLong(0, from.flags).putLong(8, from.link);
        bytes.putLong(16, from.signalMaskLow).putLong(24, from.signalMaskHigh);
        bytes.putLong(32, from.stackBase).putLong(40, from.stackBytes).putLong(48, from.stackFlags);
        bytes.putLong(register(0), registers.pc).putLong(register(RETURN_ADDRESS), registers.returnAddress);
        bytes.putLong(register(STACK_POINTER), registers.sp).putLong(register(THREAD_POINTER), registers.tls);
        bytes.putLong(register(FRAME_POINTER), registers.framePointer).putLong(register(ARGUMENT), registers.argument);
    }

    @Override
    public long initialStatus() {
        return 0;
    }

    @Override
    public void makeStart(UserContext into, long start, long argument, long tls, long stackBase, long stackBytes,
            long returnTo) {
        into.flags |= UserContext.UC_CPU | UserContext.UC_STACK | UserContext.UC_TLSBASE;
        into.link = 0;
        into.stackBase = stackBase;
        into.stackBytes = stackBytes;
        UserRegisters registers = into.registers();
        registers.pc = start;
        registers.sp = stackBase + stackBytes & -16;
        registers.argument = argument;
        registers.returnAddress = returnTo;
        registers.tls = tls;
        registers.status = 0;
    }

    @Override
    public int checkPrivate(long value) {
        return 0;
    }

    private static int register(int index) {
        return REGISTERS + Long.BYTES * index;
    }

    private static long word(byte[] ucontext, int offset) {
        return ByteBuffer.wrap(ucontext).order(ByteOrder.LITTLE_ENDIAN).getLong(offset);
    }
}
