// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

import kernel.lwp.machine.UcontextWords;

/** Bits of the flags register, named and grouped as in NetBSD sys/arch/x86/include/psl.h 1.7. */
public final class StatusFlags {
    /** PSL_MBO: bit 1 is always one. */
    public static final int MUST_BE_ONE = 0x2;

    /** PSL_MBZ: bits that are always zero. */
    public static final int MUST_BE_ZERO = 0xffc08028;

    /** PSL_I: interrupts on. */
    public static final int INTERRUPT = 0x200;

    /** PSL_IOPL: I/O privilege level. */
    public static final int IO_PRIVILEGE = 0x3000;

    /** PSL_NT: nested task. */
    public static final int NESTED_TASK = 0x4000;

    /** PSL_VM: virtual-8086 mode. */
    public static final int VIRTUAL_8086 = 0x20000;

    /** PSL_VIF: virtual interrupt flag. */
    public static final int VIRTUAL_INTERRUPT = 0x80000;

    /** PSL_VIP: virtual interrupt pending. */
    public static final int VIRTUAL_PENDING = 0x100000;

    /** PSL_USERSET: what a user program starts with. */
    public static final int USER_START = MUST_BE_ONE | INTERRUPT;

    /** PSL_USERSTATIC: what a user context may not change. */
    public static final int USER_STATIC = MUST_BE_ONE | MUST_BE_ZERO | INTERRUPT | IO_PRIVILEGE | NESTED_TASK
            | VIRTUAL_8086 | VIRTUAL_INTERRUPT | VIRTUAL_PENDING;

    /** PSL_USER: what a user context may set: C, P, A, Z, N, T, D, V and AC. */
    public static final int USER_SETTABLE = 0x40dd5;

    /** PSL_CLEARSIG: what a signal handler does not inherit: T, VM, AC and D. */
    public static final int CLEAR_FOR_HANDLER = 0x60500;

    private static final int CARRY = 1;

    private StatusFlags() {}

    /** Sets or clears PSL_C in a context. */
    static void carry(UcontextWords words, byte[] ucontext, int offset, boolean on) {
        long flags = words.get(ucontext, offset);
        words.put(ucontext, offset, on ? flags | CARRY : flags & ~CARRY);
    }

    /** The flags with which a handler starts that interrupts code with these. */
    public static long withoutHandlerBits(long interrupted) {
        return interrupted & ~CLEAR_FOR_HANDLER;
    }

    /** The flags after a context was taken over: only those of {@link #USER_SETTABLE} come from it. */
    public static long merged(long current, long wanted) {
        return current & ~USER_SETTABLE | wanted & USER_SETTABLE;
    }

    /**
     * Whether a context asks for a change it may not make.
     *
     * <p>Only the low 32 bits are compared, as the mask of the original is that wide.
     */
    public static boolean changesStatic(long wanted, long current) {
        return ((wanted ^ current) & (USER_STATIC & 0xffffffffL)) != 0;
    }
}
