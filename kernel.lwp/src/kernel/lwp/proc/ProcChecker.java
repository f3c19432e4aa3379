// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.List;
import java.util.TreeMap;
import kernel.sched.task.SyncObject;
import kernel.sched.task.TaskState;

/** Checks the counters, states and ids of processes and LWPs at a safe point. */
final class ProcChecker {
    private final Processes processes;
    private final List<String> broken;
    private final TreeMap<Integer, Lwp> globalIds = new TreeMap<>();

    ProcChecker(Processes processes, List<String> broken) {
        this.processes = processes;
        this.broken = broken;
    }

    void check() {
        int extraThreads = 0;
        for (Proc p : processes.table().all()) {
            checkProcess(p);
            extraThreads += Math.max(0, p.lwpCount() - 1);
        }
        rule(processes.users().total() == extraThreads, "users are charged with " + processes.users().total()
                + " LWPs, processes have " + extraThreads + " beyond their first");
        processes.revision().check(broken);
    }

    private void checkProcess(Proc p) {
        boolean embryosCount = processes.revision().countsEmbryos();
        int linked = 0;
        int exiting = 0;
        int zombies = 0;
        int detached = 0;
        int runnable = 0;
        for (Lwp l = p.lwps.head(); l != null; l = l.next) {
            linked++;
            exiting += l.exiting ? 1 : 0;
            zombies += l.state() == TaskState.LSZOMB ? 1 : 0;
            detached += l.detached() ? 1 : 0;
            runnable += counts(l, embryosCount) ? 1 : 0;
            checkLwp(p, l);
        }
        count(p, "p_nlwps", p.lwpCount(), linked);
        count(p, "p_nzlwps", p.zombieCount, exiting);
        count(p, "p_ndlwps", p.detachedCount, detached);
        count(p, "p_nrlwps", p.runnableCount, runnable);
        rule(p.zombieCount >= zombies, p + " has more zombie LWPs than exiting ones");
        rule(p.waiterCount >= 0 && p.waiterCount <= p.lwpCount(), p + " has " + p.waiterCount + " waiters");
    }

    /** Whether an LWP counts in p_nrlwps. */
    static boolean counts(Lwp l, boolean embryosCount) {
        return switch (l.state()) {
            case LSIDL -> embryosCount;
            case LSRUN, LSONPROC, LSSLEEP -> true;
            default -> false;
        };
    }

    private void checkLwp(Proc p, Lwp l) {
        TaskState state = l.state();
        boolean waits = l.waitChannel() != 0;
        rule(waits ? state == TaskState.LSSLEEP || state == TaskState.LSSTOP : state != TaskState.LSSLEEP,
                "LWP " + l + " is " + state + (waits ? " with" : " without") + " a wait channel");
        rule(!l.parked() || waits, "LWP " + l + " is parked and has no wait channel");
        rule(!l.parked() || !l.has(LwpFlag.LW_UNPARKED), "LWP " + l + " is parked with an unpark pending");
        rule(waits || l.syncObject() == SyncObject.SCHED, "LWP " + l + " waits for nothing on " + l.syncObject());
        rule(p.anyLwp(l.lid()) == l, "LWP " + l + " is not the one that its id finds");
        if (l.ownsId) {
            Lwp other = globalIds.put(l.lid(), l);
            rule(other == null, "LWPs " + l + " and " + other + " share an id");
            rule(processes.table().find(l.lid()) == null, "LWP " + l + " has the id of a process");
        }
    }

    private void count(Proc p, String name, int kept, int counted) {
        rule(kept == counted, p + ": " + name + " is " + kept + ", counted " + counted);
    }

    private void rule(boolean holds, String text) {
        if (!holds) {
            broken.add(text);
        }
    }
}
