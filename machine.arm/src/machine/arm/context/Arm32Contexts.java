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
 * The ucontext_t of NetBSD's 32-bit ARM EABI: 400 bytes.
 *
 * <p>Validation is VALID_R15_PSR of sys/arch/arm/arm32/sig_machdep.c: user mode with interrupts on. R0 is both first
 * argument and result; the context holds the argument.
 */
public final class Arm32Contexts implements UserContextCodec {
    private static final int KNOWN_FLAGS = UserContext.UC_SIGMASK | UserContext.UC_STACK | UserContext.UC_CPU
            | UserContext.UC_FPU | UserContext.UC_TLSBASE;

    /** The mode field of CPSR and the bits that mask interrupts. */
    private static final int CHECKED_STATUS = 0xdf;

    private static final int USER_MODE = 0x10;
    private static final long WORD = 0xffff_ffffL;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    @Override
    public int size() {
        return Arm32Layout.SIZE;
    }

    @Override
    public int validate(byte[] ucontext, UserRegisters current) {
        boolean bad = (get(ucontext, Arm32Layout.CPSR) & CHECKED_STATUS) != USER_MODE;
        return bad ? Errno.EINVAL : 0;
    }

    @Override
    public void load(byte[] ucontext, UserContext into) {
        into.flags = (int) get(ucontext, Arm32Layout.FLAGS) & KNOWN_FLAGS;
        into.link = get(ucontext, Arm32Layout.LINK);
        into.signalMaskLow = (long) LONG.get(ucontext, Arm32Layout.SIGNAL_MASK);
        into.signalMaskHigh = (long) LONG.get(ucontext, Arm32Layout.SIGNAL_MASK + 8);
        into.stackBase = get(ucontext, Arm32Layout.STACK_BASE);
        into.stackBytes = get(ucontext, Arm32Layout.STACK_SIZE);
        into.stackFlags = (int) get(ucontext, Arm32Layout.STACK_FLAGS);
        UserRegisters registers = into.registers();
        registers.pc = get(ucontext, Arm32Layout.PC);
        registers.sp = get(ucontext, Arm32Layout.SP);
        registers.argument = get(ucontext, Arm32Layout.R0);
        registers.result = registers.argument;
        registers.framePointer = get(ucontext, Arm32Layout.R11);
        registers.returnAddress = get(ucontext, Arm32Layout.LR);
        registers.tls = get(ucontext, Arm32Layout.TLS_BASE);
        registers.status = get(ucontext, Arm32Layout.CPSR);
    }

    @Override
    public void store(UserContext from, byte[] ucontext) {
        Arrays.fill(ucontext, (byte) 0);
        put(ucontext, Arm32Layout.FLAGS, from.flags);
        put(ucontext, Arm32Layout.LINK, from.link);
        LONG.set(ucontext, Arm32Layout.SIGNAL_MASK, from.signalMaskLow);
        LONG.set(ucontext, Arm32Layout.SIGNAL_MASK + 8, from.signalMaskHigh);
        put(ucontext, Arm32Layout.STACK_BASE, from.stackBase);
        put(ucontext, Arm32Layout.STACK_SIZE, from.stackBytes);
        put(ucontext, Arm32Layout.STACK_FLAGS, from.stackFlags);
        UserRegisters registers = from.registers();
        put(ucontext, Arm32Layout.PC, registers.pc);
        put(ucontext, Arm32Layout.SP, registers.sp);
        put(ucontext, Arm32Layout.R0, registers.argument);
        put(ucontext, Arm32Layout.R11, registers.framePointer);
        put(ucontext, Arm32Layout.LR, registers.returnAddress);
        put(ucontext, Arm32Layout.CPSR, registers.status);
        put(ucontext, Arm32Layout.TLS_BASE, registers.tls);
    }

    @Override
    public long initialStatus() {
        return USER_MODE;
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
        registers.sp = stackBase + stackBytes & -8 & WORD;
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
        return (int) INT.get(bytes, offset) & WORD;
    }

    private static void put(byte[] bytes, int offset, long value) {
        INT.set(bytes, offset, (int) value);
    }
}
