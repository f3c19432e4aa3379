// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.machine.SignalInfo;
import kernel.lwp.revision.LwpQuirk;
import kernel.lwp.signal.Signal;
import kernel.sched.errno.Errno;
import kernel.sched.lock.SpinMutex;
import kernel.sched.task.Priority;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;

/** Sending signals: kpsignal2, sigunwait and sigpost of kern_sig.c 1.320, and who may send. */
public final class SignalDelivery {
    private final Processes processes;
    /** Posting is one step for everybody else, whatever processes it concerns. */
    private final SpinMutex step;

    SignalDelivery(Processes processes) {
        this.processes = processes;
        this.step = new SpinMutex(processes.dispatcher(), "signal");
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
            post(p, SignalInfo.sent(signo, SignalInfo.SI_LWP, p.pid(), p.credentials().euid()), lid);
        }
        p.lock.exit();
        return found ? 0 : Errno.ESRCH;
    }

    /**
     * kill: to a process, to the own group (0), to all one may (-1), or to a group (below -1).
     *
     * @return 0, EINVAL (no such signal, tested first), ESRCH or EPERM
     */
    public int killProcess(Lwp l, int pid, int signo) {
        if (signo < 0 || signo >= Signal.NSIG) {
            return Errno.EINVAL;
        }
        if (pid <= 0) {
            return killMany(l, pid, signo);
        }
        Proc target = processes.table().find(pid);
        if (target == null) {
            return Errno.ESRCH;
        }
        if (!maySend(l.proc(), target, signo)) {
            return Errno.EPERM;
        }
        send(l, target, signo);
        return 0;
    }

    /** killpg1. */
    private int killMany(Lwp l, int pid, int signo) {
        Proc sender = l.proc();
        int group = pid == 0 ? sender.group : -pid;
        boolean found = false;
        boolean sent = false;
        for (Proc target : processes.table().all()) {
            boolean meant = pid == -1 ? target != sender : target.group == group;
            if (meant && target.alive()) {
                found = true;
                if (maySend(sender, target, signo)) {
                    send(l, target, signo);
                    sent = true;
                }
            }
        }
        if (sent) {
            return 0;
        }
        return found ? Errno.EPERM : Errno.ESRCH;
    }

    /** The superuser, the same user, and SIGCONT within a session. */
    private static boolean maySend(Proc sender, Proc target, int signo) {
        return sender.superuser() || sender.credentials().matches(target.credentials())
                || signo == Signal.SIGCONT && sender.session == target.session;
    }

    private void send(Lwp l, Proc target, int signo) {
        if (signo == 0) {
            return;
        }
        Proc sender = l.proc();
        target.lock.enter();
        post(target, SignalInfo.sent(signo, SignalInfo.SI_USER, sender.pid(), sender.credentials().euid()), 0);
        target.lock.exit();
    }

    /**
     * kpsignal2: sends a signal to a process or to one of its LWPs.
     *
     * <p>The process is locked, or this is an interrupt or a safe point; nothing interleaves.
     *
     * @param lid the LWP, or 0 for the process; some signals are for the whole process in any case
     */
    public void post(Proc p, SignalInfo info, int lid) {
        boolean outermost = !step.held();
        if (outermost) {
            step.enterNow();
        }
        if (p.running() || p.state == Proc.State.STOPPED) {
            post(p, info, Signal.wholeProcess(info.signo()) ? null : p.liveLwp(lid), lid);
        }
        if (outermost) {
            step.exit();
        }
    }

    private void post(Proc p, SignalInfo info, Lwp target, int lid) {
        int signo = info.signo();
        ProcSignals signals = p.signals;
        boolean traced = p.trace.active();
        if (signals.actions.ignores(signo) && !traced) {
            return;
        }
        boolean caught = signals.actions.catches(signo);
        if (!caught && !traced && Signal.ttyStopping(signo) && processes.groups().orphaned(p.group)) {
            return;
        }
        processes.log(Events.SIGNAL, p, target == null ? 0 : lid, signo);
        cancelInverse(p, signo);
        boolean directed = lid != 0 && !Signal.wholeProcess(signo);
        boolean awaitable = !Signal.unmaskable(signo) && p.running() && !signals.stopping;
        if (awaitable && unwait(p, info, directed, target)) {
            return;
        }
        if (directed) {
            if (target != null) {
                target.signals().pending.put(info);
                offer(target, signo, caught);
            }
            return;
        }
        postToProcess(p, info, caught);
    }

    /** A stop cancels what would continue, and the other way round. */
    private static void cancelInverse(Proc p, int signo) {
        long inverse = signo == Signal.SIGCONT ? Signal.stoppingSet()
                : Signal.stopping(signo) ? Signal.bit(Signal.SIGCONT) : 0;
        if (inverse != 0) {
            p.signals.pending.clear(inverse);
            for (Lwp l = p.lwps.head(); l != null; l = l.next) {
                l.signals().pending.clear(inverse);
            }
        }
    }

    /** sigunwait: gives the signal to an LWP in sigtimedwait. */
    private boolean unwait(Proc p, SignalInfo info, boolean directed, Lwp target) {
        for (Lwp l = p.lwps.head(); l != null; l = l.next) {
            boolean meant = !directed || l == target;
            if (meant && (l.signals().waitSet & Signal.bit(info.signo())) != 0 && l.signals().waited == null) {
                l.signals().waited = info;
                if (l.state() == TaskState.LSSLEEP) {
                    processes.dispatcher().unsleep(l);
                }
                return true;
            }
        }
        return false;
    }

    private void postToProcess(Proc p, SignalInfo info, boolean caught) {
        int signo = info.signo();
        boolean continuing = signo == Signal.SIGCONT;
        boolean halted = p.state == Proc.State.STOPPED || p.signals.stopping;
        boolean traced = p.trace.active();
        if (!halted && continuing && !caught && !traced) {
            return;
        }
        if (halted && traced && signo != Signal.SIGKILL) {
            // Only its tracer lets it go on, and then sees the signal.
            p.signals.pending.put(info);
            return;
        }
        if (halted && (continuing || signo == Signal.SIGKILL)) {
            processes.jobControl().resume(p, continuing);
        } else if (halted && Signal.stopping(signo)) {
            return;
        }
        if (!continuing || caught || traced) {
            p.signals.pending.put(info);
        }
        boolean toAll = continuing || signo == Signal.SIGKILL;
        for (Lwp l = p.lwps.head(); l != null; l = l.next) {
            if (offer(l, signo, caught) && !toAll) {
                return;
            }
        }
    }

    /**
     * sigpost: has an LWP look for signals; false if it will not do so soon.
     *
     * <p>Nothing interleaves.
     */
    boolean offer(Lwp l, int signo, boolean caught) {
        if (l.exiting || l.has(LwpFlag.LW_WEXIT) && !l.has(LwpFlag.LW_WCORE)) {
            return false;
        }
        l.flags |= LwpFlag.LW_PENDSIG;
        boolean continues = signo == Signal.SIGCONT;
        boolean masked = (l.signals().mask & Signal.bit(signo)) != 0;
        if (masked && !(continues && l.state() == TaskState.LSSTOP)) {
            return false;
        }
        if (!caught && Signal.killing(signo)) {
            hurry(l);
        }
        return switch (l.state()) {
            case LSRUN, LSONPROC -> {
                processes.dispatcher().needUserret(l);
                yield true;
            }
            case LSSLEEP -> {
                boolean wakes = l.interruptible();
                if (wakes) {
                    processes.setRunnable(l);
                }
                yield wakes;
            }
            case LSSTOP -> offerStopped(l, signo);
            case LSSUSPENDED -> signo == Signal.SIGKILL && offerSuspended(l);
            default -> false;
        };
    }

    private boolean offerSuspended(Lwp l) {
        if (processes.quirk(LwpQuirk.KILL_LEAVES_SUSPENDED) && !l.has(LwpFlag.LW_WCORE)) {
            return false;
        }
        l.flags &= ~LwpFlag.LW_WSUSPEND;
        processes.setRunnable(l);
        return true;
    }

    private boolean offerStopped(Lwp l, int signo) {
        if (Signal.stopping(signo)) {
            return false;
        }
        boolean waits = l.waitChannel() != 0;
        if (signo == Signal.SIGCONT && waits) {
            l.become(TaskState.LSSLEEP);
            l.proc().runnableCount++;
            return true;
        }
        boolean wakes = !waits || l.interruptible();
        if (wakes) {
            processes.setRunnable(l);
        }
        return wakes;
    }

    /** What is killed runs fast. */
    private void hurry(Lwp l) {
        if (l.nice() > Task.NICE_NEUTRAL) {
            processes.dispatcher().nice(l, Task.NICE_NEUTRAL);
        }
        if (l.priority() < Priority.USER_MAX) {
            processes.dispatcher().changePriority(l, Priority.USER_MAX);
        }
    }

    /**
     * trapsignal: a fault of the running LWP.
     *
     * <p>The handler is started, or, if there is none or it is blocked, the process ends: then this does not return.
     * Nothing is locked.
     */
    void trap(Lwp l, SignalInfo info) {
        l.signals().taken++;
        boolean masked = (l.signals().mask & Signal.bit(info.signo())) != 0;
        if (masked || !l.proc().signals.actions.catches(info.signo())) {
            die(l, info.signo());
        }
        processes.log(Events.SIGNAL, l.proc(), l.lid(), info.signo());
        processes.handlers().send(l, info, l.signals().mask);
    }

    /** sigexit: ends the process of the running LWP with a signal; does not return. */
    public void die(Lwp l, int signo) {
        processes.log(Events.SIGNAL, l.proc(), l.lid(), signo);
        processes.coreDumps().exit(l, signo);
    }
}
