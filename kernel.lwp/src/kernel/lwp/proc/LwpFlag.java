// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

/** Bits of {@link Lwp#flags()}: l_flag of sys/lwp.h, with the values of 1.217 (2023). */
public final class LwpFlag {
    /** A tracer keeps it stopped (PT_SUSPEND); not before 2019. */
    public static final int LW_DBGSUSPEND = 0x0001_0000;

    /** Wants to be, or is, suspended. */
    public static final int LW_WSUSPEND = 0x0002_0000;

    /** Its process dumps core: it must be suspended, and exit afterwards. */
    public static final int LW_WCORE = 0x0008_0000;

    /** Must exit before it returns to user mode. */
    public static final int LW_WEXIT = 0x0010_0000;

    /** Must look for signals before it returns to user mode. */
    public static final int LW_PENDSIG = 0x0100_0000;

    /** {@code _lwp_wakeup}: the next or current interruptible sleep fails with EINTR. */
    public static final int LW_CANCELLED = 0x0200_0000;

    /** An unpark is pending: the next park returns EALREADY. */
    public static final int LW_UNPARKED = 0x1000_0000;

    /** What is looked at on the way back to user mode. */
    public static final int LW_USERRET = LW_WEXIT | LW_PENDSIG | LW_WSUSPEND | LW_WCORE;

    /** Bits of {@link Lwp#lwpFlags()} (l_prflag): will not be waited for. */
    public static final int LPR_DETACHED = 0x0080_0000;

    /** {@code _lwp_create} flag: create detached. */
    public static final int LWP_DETACHED = 0x40;

    /** {@code _lwp_create} flag: create suspended. */
    public static final int LWP_SUSPENDED = 0x80;

    private LwpFlag() {
    }
}
