// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.context;

import kernel.lwp.machine.FpuFormat;
import kernel.lwp.machine.UcontextWords;
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
    /** N, Z, C and V: all that a user may set in SPSR. */
    private static final long SETTABLE_STATUS = 0xf000_0000L;

    private final UcontextWords words = new UcontextWords(Long.BYTES, StackFlags.SET, StackFlags.CLEAR, 0);
    private final FpuFormat fpu = new Aarch64Fpu();

    @Override
    public int size() {
        return Aarch64Layout.SIZE;
    }

    @Override
    public FpuFormat fpu() {
        return fpu;
    }

    @Override
    public int validate(byte[] ucontext, UserRegisters current) {
        boolean bad = (words.get(ucontext, Aarch64Layout.SPSR) & ~SETTABLE_STATUS) != 0
                || (words.get(ucontext, Aarch64Layout.PC) & 3) != 0
                || (words.get(ucontext, Aarch64Layout.SP) & 15) != 0;
        return bad ? Errno.EINVAL : 0;
    }

    @Override
    public void load(byte[] ucontext, UserContext into) {
        words.loadHead(ucontext, into);
        UserRegisters registers = into.registers();
        registers.pc = words.get(ucontext, Aarch64Layout.PC);
        registers.sp = words.get(ucontext, Aarch64Layout.SP);
        registers.argument = words.get(ucontext, Aarch64Layout.X0);
        registers.result = registers.argument;
        registers.framePointer = words.get(ucontext, Aarch64Layout.X29);
        registers.returnAddress = words.get(ucontext, Aarch64Layout.X30);
        registers.tls = words.get(ucontext, Aarch64Layout.TPIDR);
        registers.status = words.get(ucontext, Aarch64Layout.SPSR);
    }

    @Override
    public void store(UserContext from, byte[] ucontext) {
        words.storeHead(from, ucontext);
        UserRegisters registers = from.registers();
        words.put(ucontext, Aarch64Layout.PC, registers.pc);
        words.put(ucontext, Aarch64Layout.SP, registers.sp);
        words.put(ucontext, Aarch64Layout.X0, registers.argument);
        words.put(ucontext, Aarch64Layout.X29, registers.framePointer);
        words.put(ucontext, Aarch64Layout.X30, registers.returnAddress);
        words.put(ucontext, Aarch64Layout.TPIDR, registers.tls);
        words.put(ucontext, Aarch64Layout.SPSR, registers.status);
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
        into.startAt(start, argument, tls, stackBase, stackBytes, returnTo);
        into.registers().sp = stackBase + stackBytes & -16;
        into.registers().status = initialStatus();
    }

    /** cpu_lwp_setprivate takes any value. */
    @Override
    public int checkPrivate(long value) {
        return 0;
    }
}
