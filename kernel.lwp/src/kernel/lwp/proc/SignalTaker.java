// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.machine.SignalInfo;
import kernel.lwp.signal.PendingSignals;
import kernel.lwp.signal.Signal;
import kernel.lwp.signal.SignalAction;
import kernel.sched.errno.Errno;

/** Taking signals: issignal, postsig and what a signal makes of a sleep (kern_sig.c 1.320, kern_sleepq.c 1.71). */
final class SignalTaker {
    private final Processes processes;

    SignalTaker(Processes processes) {
        this.processes = processes;
    }

    /**
     * What pending signals make of an interruptible sleep that has not failed otherwise. Nothing is locked; may stop.
     *
     * @return 0 when nothing is left to take, ERESTART if the handler wants that, or EINTR
     */
    int sleepResult(Lwp l) {
        Proc p = l.proc();
        p.lock.enter();
        long deliverable = l.deliverable();
        int signo = deliverable == 0 ? 0 : Signal.first(deliverable);
        if (signo == 0 || Signal.stopping(signo)) {
            signo = next(l);
        }
        p.lock.exit();
        if (signo == 0) {
            return 0;
        }
        return p.signals.actions.of(signo).has(SignalAction.SA_RESTART) ? Errno.ERESTART : Errno.EINTR;
    }

    /** Takes what is pending: starts handlers, stops; does not return if a signal kills. Nothing is locked. */
    void deliver(Lwp l) {
        Proc p = l.proc();
        p.lock.enter();
        for (int signo = next(l); signo != 0; signo = next(l)) {
            SignalInfo info = take(l, signo);
            p.lock.exit();
            post(l, info);
            p.lock.enter();
        }
        p.lock.exit();
    }

    /** postsig. */
    private void post(Lwp l, SignalInfo info) {
        LwpSignals own = l.signals();
        own.taken++;
        if (!l.proc().signals.actions.catches(info.signo())) {
            processes.coreDumps().exit(l, info.signo());
        }
        long returnMask = own.restore ? own.oldMask : own.mask;
        own.restore = false;
        processes.handlers().send(l, info, returnMask);
    }

    /**
     * issignal: stops as long as the process is stopped, drops what is ignored, and finds the next signal to act on,
     * those sent to the LWP first, the lowest first. Process locked.
     *
     * @return the signal, still pending, or 0 and no more LW_PENDSIG
     */
    private int next(Lwp l) {
        Proc p = l.proc();
        while (!l.has(LwpFlag.LW_WEXIT)) {
            if (p.state == Proc.State.STOPPED || p.signals.stopping) {
                processes.jobControl().halt(l);
                continue;
            }
            long deliverable = l.signals().pending.set() & ~l.signals().mask;
            if (deliverable == 0) {
                deliverable = p.signals.pending.set() & ~l.signals().mask;
            }
            if (deliverable == 0) {
                l.flags &= ~LwpFlag.LW_PENDSIG;
                return 0;
            }
            int signo = Signal.first(deliverable);
            if (!shown(l, signo) && acts(l, signo)) {
                return signo;
            }
        }
        return 0;
    }

    /** Whether a signal kills or is caught; one that stops or does nothing is dealt with here. */
    private boolean acts(Lwp l, int signo) {
        Proc p = l.proc();
        SignalAction action = p.signals.actions.of(signo);
        if (action.caught()) {
            return true;
        }
        boolean ignored = action.handler() == SignalAction.SIG_IGN || Signal.discarded(signo);
        if (!ignored && Signal.killing(signo)) {
            return true;
        }
        take(l, signo);
        boolean refused = Signal.ttyStopping(signo) && processes.groups().orphaned(p.group);
        if (!ignored && !refused) {
            processes.jobControl().stop(l, signo);
        }
        return false;
    }

    /** A tracer sees every signal but SIGKILL first; what the LWP takes instead is pending when it goes on. */
    private boolean shown(Lwp l, int signo) {
        Proc p = l.proc();
        if (!p.trace.active() || signo == Signal.SIGKILL || l.signals().seen == signo) {
            return false;
        }
        boolean directed = source(l, signo) == l.signals().pending;
        p.trace.show(l, take(l, signo), directed ? l.lid() : 0);
        processes.jobControl().stop(l, signo);
        return true;
    }

    private static SignalInfo take(Lwp l, int signo) {
        if (l.signals().seen == signo) {
            l.signals().seen = 0;
        }
        return source(l, signo).take(signo);
    }

    private static PendingSignals source(Lwp l, int signo) {
        boolean own = (l.signals().pending.set() & Signal.bit(signo)) != 0;
        return own ? l.signals().pending : l.proc().signals.pending;
    }
}
