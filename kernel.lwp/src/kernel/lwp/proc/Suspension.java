// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.sched.errno.Errno;
import kernel.sched.task.TaskState;

/** _lwp_suspend, _lwp_continue and _lwp_wakeup. */
public final class Suspension {
    private final Processes processes;

    Suspension(Processes processes) {
        this.processes = processes;
    }

    /**
     * _lwp_suspend: asks for the suspension and waits until it took place.
     *
     * <p>As in the originals the loop sleeps before it tests, so suspending an LWP that is suspended already
     * blocks until something else changes in the process.
     *
     * @return 0, ESRCH, EDEADLK or ERESTART
     */
    public int suspend(Lwp l, int lid) {
        Proc p = l.proc();
        p.lock.enter();
        Lwp target = p.liveLwp(lid);
        int error;
        if (target == null) {
            error = Errno.ESRCH;
        } else if (target == l && p.runnableCount == 1 || l.has(LwpFlag.LW_WEXIT)) {
            error = Errno.EDEADLK;
        } else {
            request(target);
            error = awaitSuspended(l, lid, target);
        }
        p.lock.exit();
        return error;
    }

    private int awaitSuspended(Lwp l, int lid, Lwp target) {
        Proc p = l.proc();
        for (;;) {
            if (p.lwpChanged.awaitSig(p.lock) != 0) {
                return Errno.ERESTART;
            }
            if (p.liveLwp(lid) == null) {
                return Errno.ESRCH;
            }
            if (l.has(LwpFlag.LW_WEXIT) || target.has(LwpFlag.LW_WEXIT)) {
                return Errno.ERESTART;
            }
            if (target.state() == TaskState.LSSUSPENDED || !target.has(LwpFlag.LW_WSUSPEND)) {
                return 0;
            }
        }
    }

    /** lwp_suspend for a live LWP; process locked. */
    private void request(Lwp target) {
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
            target.flags &= ~LwpFlag.LW_WSUSPEND;
            if (target.state() == TaskState.LSSUSPENDED) {
                processes.setRunnable(target);
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
        target.flags |= LwpFlag.LW_CANCELLED | LwpFlag.LW_UNPARKED;
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
