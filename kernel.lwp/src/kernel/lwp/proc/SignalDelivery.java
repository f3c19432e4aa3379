// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.sched.errno.Errno;
import kernel.sched.task.TaskState;

/**
 * Sending and taking signals, default actions only (kpsignal2, sigpost, issignal and sigexit of kern_sig.c 1.320).
 *
 * <p>DEVIATION: there are no handlers and no job control yet. A signal either kills the process or is discarded;
 * stop signals are discarded.
 */
public final class SignalDelivery {
    private final Processes processes;

    SignalDelivery(Processes processes) {
        this.processes = processes;
    }

    /**
     * _lwp_kill.
     *
     * @return 0, EINVAL (no such signal, tested first) or ESRCH
     */
    public int kill(Lwp l, int lid, int signo) {
        if (signo < 0 || signo >= Signal.NSIG) {
            return Errno.EINVAL;
        }
        Proc p = l.proc();
        p.lock.enter();
        boolean found = p.liveLwp(lid) != null;
        if (found && signo != 0) {
            post(p, signo, lid);
        }
        p.lock.exit();
        return found ? 0 : Errno.ESRCH;
    }

    /**
     * kill of a single process.
     *
     * <p>DEVIATION: there are no process groups; 0 and negative ids name nobody.
     *
     * @return 0, EINVAL (no such signal, tested first), ESRCH or EPERM
     */
    public int killProcess(Lwp l, int pid, int signo) {
        if (signo < 0 || signo >= Signal.NSIG) {
            return Errno.EINVAL;
        }
        Proc target = processes.table().find(pid);
        if (target == null) {
            return Errno.ESRCH;
        }
        if (!l.proc().superuser() && l.proc().uid() != target.uid()) {
            return Errno.EPERM;
        }
        if (signo != 0) {
            target.lock.enter();
            post(target, signo, 0);
            target.lock.exit();
        }
        return 0;
    }

    /**
     * kpsignal2: sends a signal to a process or to one of its LWPs. Process locked, or at a safe point.
     *
     * @param lid the LWP, or 0 for the process
     */
    public void post(Proc p, int signo, int lid) {
        if (p.state != Proc.State.ACTIVE || Signal.discarded(signo) || Signal.stopping(signo)) {
            return;
        }
        processes.log(Events.SIGNAL, p, lid, signo);
        if (lid != 0 && !Signal.wholeProcess(signo)) {
            Lwp target = p.liveLwp(lid);
            if (target != null) {
                target.pendingSignals |= Signal.bit(signo);
                offer(target, signo);
            }
            return;
        }
        p.pendingSignals |= Signal.bit(signo);
        for (Lwp l = p.lwps.head(); l != null; l = l.next) {
            if (offer(l, signo) && !Signal.wholeProcess(signo)) {
                return;
            }
        }
    }

    /** trapsignal: a fault of the running LWP. Nothing catches it, so it kills the process; does not return. */
    public void trap(Lwp l, int signo) {
        processes.log(Events.SIGNAL, l.proc(), l.lid(), signo);
        processes.processLife().exit(l, 0, signo);
    }

    /** sigpost: has an LWP look for signals; false if it will not do so soon. */
    private boolean offer(Lwp l, int signo) {
        if (l.exiting || l.has(LwpFlag.LW_WEXIT)) {
            return false;
        }
        l.flags |= LwpFlag.LW_PENDSIG;
        if ((Signal.maskable(l.signalMask) & Signal.bit(signo)) != 0) {
            return false;
        }
        return switch (l.state()) {
            case LSRUN, LSONPROC -> {
                processes.dispatcher().needUserret(l);
                yield true;
            }
            case LSSLEEP -> {
                if (l.interruptible()) {
                    processes.setRunnable(l);
                }
                yield l.state() != TaskState.LSSLEEP;
            }
            default -> false;
        };
    }

    /**
     * What a signal makes of an interruptible sleep that has not failed otherwise.
     *
     * @return 0 when nothing is left to take, or EINTR: what kills is not restarted
     */
    int sleepResult(Lwp l) {
        return l.deliverable() == 0 ? 0 : Errno.EINTR;
    }

    /** issignal and postsig: takes what is pending. Does not return if one of the signals kills. */
    void deliver(Lwp l) {
        int signo = take(l);
        if (signo != 0) {
            processes.processLife().exit(l, 0, signo);
        }
    }

    /** The lowest deliverable signal, those sent to the LWP itself first; 0 and no more LW_PENDSIG if there is none. */
    private int take(Lwp l) {
        Proc p = l.proc();
        long mask = Signal.maskable(l.signalMask);
        long own = l.pendingSignals & ~mask;
        if (own != 0) {
            l.pendingSignals &= ~Long.lowestOneBit(own);
            return Long.numberOfTrailingZeros(own) + 1;
        }
        long shared = p.pendingSignals & ~mask;
        if (shared != 0) {
            p.pendingSignals &= ~Long.lowestOneBit(shared);
            return Long.numberOfTrailingZeros(shared) + 1;
        }
        l.flags &= ~LwpFlag.LW_PENDSIG;
        return 0;
    }
}
