// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

import kernel.lwp.machine.FpuFormat;
import kernel.lwp.machine.UcontextWords;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.machine.UserRegisters;
import kernel.sched.errno.Errno;

/**
 * The ucontext_t of NetBSD/i386: 776 bytes.
 *
 * <p>Validation is cpu_mcontext_validate of sys/arch/i386/i386/machdep.c: one test of the flags and of the privilege
 * of CS; a bad program counter is found by the trap that follows. Argument and return address of a started function
 * are on its stack, so a context does not hold them.
 */
public final class I386Contexts implements UserContextCodec {
    private static final int USER_CODE = 0x1b;
    private static final int USER_DATA = 0x23;
    private static final int USER_PRIVILEGE = 3;
    private static final long WORD = 0xffff_ffffL;

    /** _UC_FXSAVE: the floating-point area is in the format of FXSAVE. */
    static final int UC_FXSAVE = 0x20;

    private final UcontextWords words = new UcontextWords(Integer.BYTES, UserContext.UC_SETSTACK,
            UserContext.UC_CLRSTACK, UC_FXSAVE);
    private final FpuFormat fpu = new I386Fxsave();

    @Override
    public int size() {
        return I386Layout.SIZE;
    }

    @Override
    public FpuFormat fpu() {
        return fpu;
    }

    @Override
    public int validate(byte[] ucontext, UserRegisters current) {
        boolean bad = StatusFlags.changesStatic(words.get(ucontext, I386Layout.EFLAGS), current.status)
                || (words.get(ucontext, I386Layout.CS) & USER_PRIVILEGE) != USER_PRIVILEGE;
        return bad ? Errno.EINVAL : 0;
    }

    @Override
    public void load(byte[] ucontext, UserContext into) {
        words.loadHead(ucontext, into);
        UserRegisters registers = into.registers();
        registers.pc = words.get(ucontext, I386Layout.EIP);
        registers.sp = words.get(ucontext, I386Layout.USER_ESP);
        registers.argument = 0;
        registers.framePointer = words.get(ucontext, I386Layout.EBP);
        registers.result = words.get(ucontext, I386Layout.EAX);
        registers.returnAddress = 0;
        registers.tls = words.get(ucontext, I386Layout.TLS_BASE);
        registers.status = words.get(ucontext, I386Layout.EFLAGS);
    }

    /** {@inheritDoc} Both stack pointer slots get the stack pointer, as getcontext reports it. */
    @Override
    public void store(UserContext from, byte[] ucontext) {
        words.storeHead(from, ucontext);
        UserRegisters registers = from.registers();
        words.put(ucontext, I386Layout.EIP, registers.pc);
        words.put(ucontext, I386Layout.ESP, registers.sp);
        words.put(ucontext, I386Layout.USER_ESP, registers.sp);
        words.put(ucontext, I386Layout.EBP, registers.framePointer);
        words.put(ucontext, I386Layout.EAX, registers.result);
        words.put(ucontext, I386Layout.EFLAGS, registers.status);
        words.put(ucontext, I386Layout.CS, USER_CODE);
        words.put(ucontext, I386Layout.SS, USER_DATA);
        words.put(ucontext, I386Layout.DS, USER_DATA);
        words.put(ucontext, I386Layout.ES, USER_DATA);
        words.put(ucontext, I386Layout.FS, USER_DATA);
        words.put(ucontext, I386Layout.GS, USER_DATA);
        words.put(ucontext, I386Layout.TLS_BASE, registers.tls);
    }

    @Override
    public long mergeStatus(long current, long wanted) {
        return StatusFlags.merged(current, wanted);
    }

    @Override
    public long initialStatus() {
        return StatusFlags.USER_START;
    }

    /** {@inheritDoc} The stack holds the return address, and above it, aligned to 16 bytes, the argument. */
    @Override
    public void makeStart(UserContext into, long start, long argument, long tls, long stackBase, long stackBytes,
            long returnTo) {
        into.startAt(start, argument, tls, stackBase, stackBytes, returnTo);
        into.registers().sp = (stackBase + stackBytes - 4 & -16) - 4 & WORD;
        into.registers().status = initialStatus();
    }

    @Override
    public int stackArgumentOffset() {
        return 4;
    }

    /** cpu_lwp_setprivate takes any value. */
    @Override
    public int checkPrivate(long value) {
        return 0;
    }
}
