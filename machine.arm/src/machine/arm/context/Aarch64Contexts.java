// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.context;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.machine.UserRegisters;
import kernel.sched.errno.Errno;

/**
 * The ucontext_t of NetBSD/aarch64: 944 bytes.
 *
 * <p>Validation is cpu_mcontext_validate of sys/arch/aarch64/aarch64/cpu_machdep.c (about 2020): flags, then program
 * counter, then stack pointer. The program counter has no range check. X0 is both first argument and result; the
 * context holds the argument.
 */
public final class Aarch64Contexts implements UserContextCodec {
    private static final int KNOWN_FLAGS = UserContext.UC_SIGMASK | UserContext.UC_STACK | UserContext.UC_CPU
            | UserContext.UC_FPU | UserContext.UC_TLSBASE;

    /** N, Z, C and V: all that a user may set in SPSR. */
    private static final long SETTABLE_STATUS = 0xf000_0000L;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    @Override
    public int size() {
        return Aarch64Layout.SIZE;
    }

    @Override
    public int validate(byte[] ucontext, UserRegisters current) {
        boolean bad = (get(ucontext, Aarch64Layout.SPSR) & ~SETTABLE_STATUS) != 0
                || (get(ucontext, Aarch64Layout.PC) & 3) != 0
                || (get(ucontext, Aarch64Layout.SP) & 15) != 0;
        return bad ? Errno.EINVAL : 0;
    }

    @Override
    public void load(byte[] ucontext, UserContext into) {
        into.flags = (int) INT.get(ucontext, Aarch64Layout.FLAGS) & KNOWN_FLAGS;
        into.link = get(ucontext, Aarch64Layout.LINK);
        into.signalMaskLow = get(ucontext, Aarch64Layout.SIGNAL_MASK);
        into.signalMaskHigh = get(ucontext, Aarch64Layout.SIGNAL_MASK + 8);
        into.stackBase = get(ucontext, Aarch64Layout.STACK_BASE);
        into.stackBytes = get(ucontext, Aarch64Layout.STACK_SIZE);
        into.stackFlags = (int) INT.get(ucontext, Aarch64Layout.STACK_FLAGS);
        UserRegisters registers = into.registers();
        registers.pc = get(ucontext, Aarch64Layout.PC);
        registers.sp = get(ucontext, Aarch64Layout.SP);
        registers.argument = get(ucontext, Aarch64Layout.X0);
        registers.result = registers.argument;
        registers.framePointer = get(ucontext, Aarch64Layout.X29);
        registers.returnAddress = get(ucontext, Aarch64Layout.X30);
        registers.tls = get(ucontext, Aarch64Layout.TPIDR);
        registers.status = get(ucontext, Aarch64Layout.SPSR);
    }

    @Override
    public void store(UserContext from, byte[] ucontext) {
        Arrays.fill(ucontext, (byte) 0);
        INT.set(ucontext, Aarch64Layout.FLAGS, from.flags);
        put(ucontext, Aarch64Layout.LINK, from.link);
        put(ucontext, Aarch64Layout.SIGNAL_MASK, from.signalMaskLow);
        put(ucontext, Aarch64Layout.SIGNAL_MASK + 8, from.signalMaskHigh);
        put(ucontext, Aarch64Layout.STACK_BASE, from.stackBase);
        put(ucontext, Aarch64Layout.STACK_SIZE, from.stackBytes);
        INT.set(ucontext, Aarch64Layout.STACK_FLAGS, from.stackFlags);
        UserRegisters registers = from.registers();
        put(ucontext, Aarch64Layout.PC, registers.pc);
        put(ucontext, Aarch64Layout.SP, registers.sp);
        put(ucontext, Aarch64Layout.X0, registers.argument);
        put(ucontext, Aarch64Layout.X29, registers.framePointer);
        put(ucontext, Aarch64Layout.X30, registers.returnAddress);
        put(ucontext, Aarch64Layout.TPIDR, registers.tls);
        put(ucontext, Aarch64Layout.SPSR, registers.status);
    }

    @Override
    public long initialStatus() {
        return 0;
    }

    /**
     * {@inheritDoc}
     *
     * <p>DEVIATION: libc's _lwp_makecontext put the return address into X29; it belongs into X30.
     */
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
        registers.status = initialStatus();
    }

    /** cpu_lwp_setprivate takes any value. */
    @Override
    public int checkPrivate(long value) {
        return 0;
    }

    private static long get(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    private static void put(byte[] bytes, int offset, long value) {
        LONG.set(bytes, offset, value);
    }
}
