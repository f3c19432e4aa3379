// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.machine.SignalInfo;
import kernel.lwp.signal.Signal;
import kernel.sched.dispatch.Callout;
import kernel.sched.task.TaskState;

/**
 * Stopping and continuing processes, and telling their parents: proc_stop, sigswitch, proc_stop_callout and
 * child_psignal of kern_sig.c 1.320.
 */
final class JobControl {
    /** si_code of SIGCHLD. */
    static final int CLD_EXITED = 1;
    static final int CLD_KILLED = 2;
    static final int CLD_DUMPED = 3;
    static final int CLD_STOPPED = 5;
    static final int CLD_CONTINUED = 6;

    private final Processes processes;
    private final Halting halting;

    JobControl(Processes processes) {
        this.processes = processes;
        this.halting = new Halting();
    }

    /** Stops the process of the running LWP, and returns when it was continued. Process locked. */
    void stop(Lwp l, int signo) {
        Proc p = l.proc();
        if (p.running() && !p.signals.stopping) {
            begin(p, signo);
        }
        halt(l);
    }

    /** proc_stop: from now on every LWP of the process comes to a halt. */
    private void begin(Proc p, int signo) {
        p.signals.stopSignal = signo;
        p.signals.continued = false;
        p.signals.stopping = true;
        haltSleepers(p);
        int offered = Signal.stopping(signo) ? signo : Signal.SIGSTOP;
        for (Lwp l = p.lwps.head(); l != null; l = l.next) {
            processes.signals().offer(l, offered, false);
        }
        halting.add(p);
    }

    /** LWPs that sleep interruptibly halt where they are; they stay on their sleep queues. */
    private static void haltSleepers(Proc p) {
        for (Lwp l = p.lwps.head(); l != null; l = l.next) {
            if (l.state() == TaskState.LSSLEEP && l.interruptible()) {
                l.become(TaskState.LSSTOP);
                p.runnableCount--;
            }
        }
    }

    /** sigswitch: halts the running LWP of a process that is stopped or about to be; process locked. */
    void halt(Lwp l) {
        Proc p = l.proc();
        l.become(TaskState.LSSTOP);
        p.runnableCount--;
        finishIfHalted(p);
        p.lock.exit();
        processes.dispatcher().miSwitch();
        p.lock.enter();
    }

    /** proc_stop_done: the last LWP has halted. */
    private void finishIfHalted(Proc p) {
        if (!p.signals.stopping || p.runnableCount > 0 || !p.running()) {
            return;
        }
        p.signals.stopping = false;
        p.signals.stopReported = false;
        p.state = Proc.State.STOPPED;
        processes.log(Events.PROC_STOP, p, p.signals.stopSignal, 0);
        tellParent(p, CLD_STOPPED, p.signals.stopSignal);
    }

    /**
     * Lets a stopped or stopping process run again; its LWPs are woken by the signal that does it.
     *
     * @param tell whether the parent is told
     */
    void resume(Proc p, boolean tell) {
        p.state = Proc.State.ACTIVE;
        p.signals.stopping = false;
        if (tell) {
            p.signals.continued = true;
            processes.log(Events.PROC_CONTINUE, p, 0, 0);
            tellParent(p, CLD_CONTINUED, Signal.SIGCONT);
        }
    }

    /**
     * proc_unstop: lets a process go on as its tracer wants; process locked.
     *
     * @param only the only LWP that goes on, or null for all that the tracer does not hold
     */
    void unstop(Proc p, Lwp only) {
        resume(p, false);
        for (Lwp l = p.lwps.head(); l != null; l = l.next) {
            boolean held = only == null ? l.has(LwpFlag.LW_DBGSUSPEND) : l != only;
            if (l.state() != TaskState.LSSTOP || held) {
                continue;
            }
            l.flags |= LwpFlag.LW_PENDSIG;
            if (l.waitChannel() == 0 || l.interruptible() && l.deliverable() != 0) {
                processes.setRunnable(l);
            } else {
                l.become(TaskState.LSSLEEP);
                p.runnableCount++;
            }
        }
    }

    /** A stopped process stays so, now with another signal; process locked. */
    void reportStopAgain(Proc p, int signo) {
        p.signals.stopSignal = signo;
        p.signals.stopReported = false;
        tellParent(p, CLD_STOPPED, signo);
    }

    private void tellParent(Proc p, int code, int status) {
        Proc parent = p.parent;
        if (parent == null) {
            return;
        }
        if (!parent.signals.noChildStop()) {
            processes.signals().post(parent, SignalInfo.child(Signal.SIGCHLD, code, p.pid(), p.uid(), status), 0);
        }
        processes.childWait().wake(parent);
    }

    /** exit1's part: tells the parent that a child is a zombie. */
    void tellExit(Proc parent, Proc p) {
        SignalInfo info = p.exitSignal != 0
                ? SignalInfo.child(Signal.SIGCHLD, p.coreDumped ? CLD_DUMPED : CLD_KILLED, p.pid(), p.uid(), p.exitSignal)
                : SignalInfo.child(Signal.SIGCHLD, CLD_EXITED, p.pid(), p.uid(), p.exitStatus);
        processes.signals().post(parent, info, 0);
        processes.childWait().wake(parent);
    }

    /** Once a tick, for LWPs that fell asleep or exited while their process was about to stop. */
    private final class Halting extends Callout {
        private final List<Proc> waiting = new ArrayList<>();

        Halting() {
            super(processes.dispatcher());
        }

        void add(Proc p) {
            waiting.add(p);
            if (!pending()) {
                schedule(1);
            }
        }

        @Override
        protected void fire() {
            waiting.removeIf(p -> !p.signals.stopping || !p.running());
            waiting.forEach(p -> {
                haltSleepers(p);
                finishIfHalted(p);
            });
            waiting.removeIf(p -> !p.signals.stopping);
            if (!waiting.isEmpty()) {
                schedule(1);
            }
        }
    }
}
