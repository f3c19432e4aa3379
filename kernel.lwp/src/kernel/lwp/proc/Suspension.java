// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.revision.LwpQuirk;
import kernel.sched.errno.Errno;
import kernel.sched.task.TaskState;

/** _lwp_suspend, _lwp_continue and _lwp_wakeup. */
public final class Suspension {
    private static final int LEAVING = LwpFlag.LW_WEXIT | LwpFlag.LW_WCORE;

    private final Processes processes;

    Suspension(Processes processes) {
        this.processes = processes;
    }

    /**
     * _lwp_suspend: asks for the suspension and waits until it took place.
     *
     * <p>As in the originals the loop sleeps before it tests, unless {@link LwpQuirk#SUSPEND_SLEEPS_FIRST} is off.
     *
     * @return 0, EINVAL (scheduler activations), ESRCH, EDEADLK, EINTR or ERESTART
     */
    public int suspend(Lwp l, int lid) {
        Proc p = l.proc();
        p.lock.enter();
        Lwp target = p.liveLwp(lid);
        int error = processes.revision().suspensionBarrier(p);
        if (error != 0) {
            p.lock.exit();
            return error;
        }
        if (target == null) {
            error = Errno.ESRCH;
        } else if (target == l && p.runnableCount == 1 || l.has(LEAVING)) {
            error = Errno.EDEADLK;
        } else {
            request(target);
            error = settledAtOnce(l, target) ? 0 : awaitSuspended(l, lid, target);
        }
        p.lock.exit();
        return error;
    }

    private int awaitSuspended(Lwp l, int lid, Lwp target) {
        Proc p = l.proc();
        for (;;) {
            l.suspending = target;
            int error = p.lwpChanged.awaitSig(p.lock);
            l.suspending = null;
            if (error != 0) {
                return processes.quirk(LwpQuirk.SUSPEND_ALWAYS_RESTARTS) ? Errno.ERESTART : error;
            }
            if (gone(p.liveLwp(lid), target)) {
                return Errno.ESRCH;
            }
            if (l.has(LEAVING) || target.has(LEAVING)) {
                return Errno.ERESTART;
            }
            if (settled(target)) {
                return 0;
            }
        }
    }

    /** Whether the call need not sleep at all; the caller itself is suspended on its way to user mode. */
    private boolean settledAtOnce(Lwp l, Lwp target) {
        LwpQuirk sleeps = target == l ? LwpQuirk.SELF_SUSPEND_SLEEPS : LwpQuirk.SUSPEND_SLEEPS_FIRST;
        return !processes.quirk(sleeps) && (target == l || settled(target));
    }

    private boolean gone(Lwp found, Lwp target) {
        return found == null || found != target && !processes.quirk(LwpQuirk.SUSPEND_KEEPS_OLD_TARGET);
    }

    /** Whether a suspender has nothing to wait for any more. */
    private static boolean settled(Lwp target) {
        return target.state() == TaskState.LSSUSPENDED || !target.has(LwpFlag.LW_WSUSPEND);
    }

    /** lwp_suspend for a live LWP; process locked. */
    void request(Lwp target) {
        if (target.has(LwpFlag.LW_DBGSUSPEND)) {
            return;
        }
        switch (target.state()) {
            case LSRUN, LSONPROC -> {
                target.flags |= LwpFlag.LW_WSUSPEND;
                processes.dispatcher().needUserret(target);
            }
            case LSSLEEP -> {
                target.flags |= LwpFlag.LW_WSUSPEND;
                if (target.interruptible()) {
                    processes.setRunnable(target);
                }
            }
            case LSSTOP -> {
                target.flags |= LwpFlag.LW_WSUSPEND;
                processes.setRunnable(target);
            }
            default -> {
                // Suspended already.
            }
        }
    }

    /**
     * _lwp_continue.
     *
     * @return 0 or ESRCH
     */
    public int resume(Lwp l, int lid) {
        Proc p = l.proc();
        p.lock.enter();
        Lwp target = p.liveLwp(lid);
        if (target != null) {
            boolean wanted = target.has(LwpFlag.LW_WSUSPEND);
            target.flags &= ~LwpFlag.LW_WSUSPEND;
            if (target.state() == TaskState.LSSUSPENDED && !target.has(LwpFlag.LW_DBGSUSPEND)) {
                processes.setRunnable(target);
            } else if (wanted && !processes.quirk(LwpQuirk.CONTINUE_FORGETS_SUSPENDER)) {
                p.lwpChanged.broadcast();
            }
        }
        p.lock.exit();
        return target == null ? Errno.ESRCH : 0;
    }

    /**
     * _lwp_wakeup: the bits are set whatever the target does.
     *
     * @return 0, ESRCH, ENODEV (not asleep) or EBUSY (asleep uninterruptibly)
     */
    public int wakeup(Lwp l, int lid) {
        Proc p = l.proc();
        p.lock.enter();
        Lwp target = p.liveLwp(lid);
        int error = target == null ? Errno.ESRCH : cancel(target);
        p.lock.exit();
        return error;
    }

    private int cancel(Lwp target) {
        target.flags |= LwpFlag.LW_CANCELLED;
        if (processes.quirk(LwpQuirk.WAKEUP_COUNTS_TWICE)) {
            target.flags |= LwpFlag.LW_UNPARKED;
        }
        if (target.state() != TaskState.LSSLEEP || target.idleInUserMode()) {
            return Errno.ENODEV;
        }
        if (!target.interruptible()) {
            return Errno.EBUSY;
        }
        processes.dispatcher().unsleep(target);
        return 0;
    }
}
