// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.context;

import kernel.lwp.machine.FpuFormat;
import kernel.lwp.machine.UcontextWords;
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
    /** The mode field of CPSR and the bits that mask interrupts. */
    private static final int CHECKED_STATUS = 0xdf;

    private static final int USER_MODE = 0x10;
    private static final long WORD = 0xffff_ffffL;

    private final UcontextWords words =
            new UcontextWords(Integer.BYTES, StackFlags.SET, StackFlags.CLEAR, Vfp.UC_ARM_VFP);
    private final FpuFormat fpu = new Vfp();

    @Override
    public int size() {
        return Arm32Layout.SIZE;
    }

    @Override
    public FpuFormat fpu() {
        return fpu;
    }

    @Override
    public int validate(byte[] ucontext, UserRegisters current) {
        boolean bad = (words.get(ucontext, Arm32Layout.CPSR) & CHECKED_STATUS) != USER_MODE;
        return bad ? Errno.EINVAL : 0;
    }

    @Override
    public void load(byte[] ucontext, UserContext into) {
        words.loadHead(ucontext, into);
        UserRegisters registers = into.registers();
        registers.pc = words.get(ucontext, Arm32Layout.PC);
        registers.sp = words.get(ucontext, Arm32Layout.SP);
        registers.argument = words.get(ucontext, Arm32Layout.R0);
        registers.result = registers.argument;
        registers.framePointer = words.get(ucontext, Arm32Layout.R11);
        registers.returnAddress = words.get(ucontext, Arm32Layout.LR);
        registers.tls = words.get(ucontext, Arm32Layout.TLS_BASE);
        registers.status = words.get(ucontext, Arm32Layout.CPSR);
    }

    @Override
    public void store(UserContext from, byte[] ucontext) {
        words.storeHead(from, ucontext);
        UserRegisters registers = from.registers();
        words.put(ucontext, Arm32Layout.PC, registers.pc);
        words.put(ucontext, Arm32Layout.SP, registers.sp);
        words.put(ucontext, Arm32Layout.R0, registers.argument);
        words.put(ucontext, Arm32Layout.R11, registers.framePointer);
        words.put(ucontext, Arm32Layout.LR, registers.returnAddress);
        words.put(ucontext, Arm32Layout.CPSR, registers.status);
        words.put(ucontext, Arm32Layout.TLS_BASE, registers.tls);
    }

    @Override
    public long initialStatus() {
        return USER_MODE;
    }

    @Override
    public void makeStart(UserContext into, long start, long argument, long tls, long stackBase, long stackBytes,
            long returnTo) {
        into.startAt(start, argument, tls, stackBase, stackBytes, returnTo);
        into.registers().sp = stackBase + stackBytes & -8 & WORD;
        into.registers().status = initialStatus();
    }

    /** cpu_lwp_setprivate takes any value. */
    @Override
    public int checkPrivate(long value) {
        return 0;
    }
}
