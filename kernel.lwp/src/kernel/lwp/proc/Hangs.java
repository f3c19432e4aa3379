// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import kernel.lwp.revision.LwpQuirk;
import kernel.lwp.signal.Signal;
import kernel.lwp.signal.SignalAction;
import kernel.sched.task.TaskState;

/**
 * Finds the LWPs that can never go on: what would hang silently on the original system.
 *
 * <p>Looks at what LWPs of one process do to each other: parking, waiting, suspending. A sleep with a timeout, one
 * that the outside may end, a stopped process, and a process that catches signals are no hang: somebody may still
 * come. Used at a safe point; changes nothing.
 */
final class Hangs {
    /** A hang of very many LWPs is told by its first ones. */
    private static final int TOLD_LWPS = 20;

    private final Processes processes;
    private final List<Hang> found = new ArrayList<>();

    Hangs(Processes processes) {
        this.processes = processes;
    }

    List<Hang> find() {
        for (Proc p : processes.table().all()) {
            // Whoever holds the lock is in the middle of changing what is looked at here.
            if (p.running() && !p.signals.stopping && p.lock.owner() == null) {
                examine(p);
            }
        }
        return found;
    }

    private void examine(Proc p) {
        for (Lwp l = p.lwps.head(); l != null; l = l.next) {
            if (asleep(l) && l.suspending != null) {
                examineSuspender(l, l.suspending);
            }
            if (asleep(l) && l.inWait) {
                examineCycle(l);
            }
        }
        if (!catchesSignals(p) && everybodyIsStuck(p)) {
            LwpQuirk quirk = killed(p) ? LwpQuirk.KILL_LEAVES_SUSPENDED : null;
            found.add(new Hang(labels(living(p)), true, quirk, "nobody in process " + p + " can go on: " + tell(p)
                    + (quirk == null ? "" : blame(quirk))));
        }
    }

    /** SIGKILL is pending, and nobody takes it. */
    private static boolean killed(Proc p) {
        return (p.signals.pending.set() & Signal.bit(Signal.SIGKILL)) != 0;
    }

    private static boolean asleep(Lwp l) {
        return l.state() == TaskState.LSSLEEP;
    }

    private void examineSuspender(Lwp l, Lwp target) {
        if (target == l) {
            report(List.of(l), LwpQuirk.SELF_SUSPEND_SLEEPS, l
                    + " sleeps in _lwp_suspend of itself; a signal or _lwp_wakeup takes it to where it is suspended");
        } else if (l.proc().liveLwp(target.lid()) != target) {
            report(List.of(l), LwpQuirk.SUSPEND_KEEPS_OLD_TARGET, l
                    + " waits in _lwp_suspend for an LWP that is gone; another one has the id " + target.lid());
        } else if (target.state() == TaskState.LSSUSPENDED && !target.onCpu()) {
            report(List.of(l), LwpQuirk.SUSPEND_SLEEPS_FIRST,
                    l + " waits in _lwp_suspend for " + target + ", which is suspended already");
        } else if (!target.has(LwpFlag.LW_WSUSPEND)) {
            report(List.of(l), LwpQuirk.CONTINUE_FORGETS_SUSPENDER,
                    l + " waits in _lwp_suspend for " + target + ", which was continued before it was suspended");
        }
    }

    private static String blame(LwpQuirk quirk) {
        return " (quirk " + quirk.id() + " " + quirk.name() + ")";
    }

    /** Tells a circle once, at its member with the smallest id. */
    private void examineCycle(Lwp first) {
        List<Lwp> circle = new ArrayList<>();
        Lwp l = first;
        while (l != null && l.inWait && asleep(l) && l.lid() >= first.lid() && !circle.contains(l)) {
            circle.add(l);
            l = l.waitingFor == 0 ? null : l.proc().anyLwp(l.waitingFor);
        }
        if (l == first) {
            String names = circle.stream().map(Lwp::label).collect(Collectors.joining(", "));
            report(circle, LwpQuirk.WAIT_CYCLE_UNSEEN, names + " wait for each other in _lwp_wait");
        }
    }

    private static boolean catchesSignals(Proc p) {
        for (int signo = 1; signo < Signal.NSIG; signo++) {
            long handler = p.signals.actions().of(signo).handler();
            if (handler != SignalAction.SIG_DFL && handler != SignalAction.SIG_IGN) {
                return true;
            }
        }
        return false;
    }

    private static boolean everybodyIsStuck(Proc p) {
        for (Lwp l = p.lwps.head(); l != null; l = l.next) {
            if (l.state() != TaskState.LSZOMB && !stuck(l)) {
                return false;
            }
        }
        return p.lwpCount() > p.zombieCount;
    }

    /** Whether only another LWP of its process can make it run again. */
    private static boolean stuck(Lwp l) {
        return switch (l.state()) {
            case LSSUSPENDED -> true;
            case LSSLEEP -> l.wakeAtTick() < 0 && !l.idleInUserMode()
                    && (l.parked() || l.inWait || l.suspending != null);
            default -> false;
        };
    }

    private static List<Lwp> living(Proc p) {
        List<Lwp> living = new ArrayList<>();
        for (Lwp l = p.lwps.head(); l != null; l = l.next) {
            if (l.state() != TaskState.LSZOMB) {
                living.add(l);
            }
        }
        return living.reversed();
    }

    private String tell(Proc p) {
        List<Lwp> living = living(p);
        String told = living.stream().limit(TOLD_LWPS).map(this::tell).collect(Collectors.joining("; "));
        return living.size() > TOLD_LWPS ? told + "; and " + (living.size() - TOLD_LWPS) + " more" : told;
    }

    private String tell(Lwp l) {
        String name = l.name() == null ? "" : " (" + l.name() + ")";
        String target = l.waitingFor == 0 ? "" : ", waits for " + l.pid() + "." + l.waitingFor;
        return l + name + " " + processes.dispatcher().why(l) + target;
    }

    private void report(List<Lwp> lwps, LwpQuirk quirk, String text) {
        found.add(new Hang(labels(lwps), false, quirk, text + blame(quirk)));
    }

    private static List<String> labels(List<Lwp> lwps) {
        return lwps.stream().map(Lwp::label).toList();
    }
}
