// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.List;
import kernel.sched.task.TaskState;

/** Checks the counters of processes (I1 to I5, I15), and each of their LWPs, at a safe point. */
final class ProcChecker {
    private final Processes processes;
    private final List<String> broken;
    private final LwpChecker lwps;

    ProcChecker(Processes processes, List<String> broken) {
        this.processes = processes;
        this.broken = broken;
        this.lwps = new LwpChecker(processes, broken);
    }

    void check() {
        int extraThreads = 0;
        for (Proc p : processes.table().all()) {
            checkProcess(p);
            extraThreads += Math.max(0, p.lwpCount() - 1);
        }
        int threads = processes.users().totalThreads();
        rule(threads == extraThreads,
                "I15: users are charged with " + threads + " LWPs, processes have " + extraThreads + " beyond their first");
        int charged = processes.users().totalProcesses() - processes.processLife().forking();
        rule(charged == processes.table().size(),
                "I15: users are charged with " + charged + " of " + processes.table().size() + " processes");
        processes.revision().check(broken);
    }

    private void checkProcess(Proc p) {
        boolean embryosCount = processes.revision().countsEmbryos();
        int linked = 0;
        int exiting = 0;
        int zombies = 0;
        int detached = 0;
        int runnable = 0;
        int waiting = 0;
        for (Lwp l = p.lwps.head(); l != null; l = l.next) {
            linked++;
            exiting += l.exiting ? 1 : 0;
            zombies += l.state() == TaskState.LSZOMB ? 1 : 0;
            detached += l.detached() ? 1 : 0;
            runnable += counts(l, embryosCount) ? 1 : 0;
            waiting += l.inWait ? 1 : 0;
            lwps.check(p, l);
        }
        count(p, "I1: p_nlwps", p.lwpCount(), linked);
        count(p, "I2: p_nzlwps", p.zombieCount, exiting);
        count(p, "I3: p_ndlwps", p.detachedCount, detached);
        count(p, "I4: p_nrlwps", p.runnableCount, runnable);
        count(p, "I5: p_nlwpwait", p.waiterCount, waiting);
        rule(p.zombieCount >= zombies, "I2: " + p + " has more zombie LWPs than exiting ones");
    }

    /** Whether an LWP counts in p_nrlwps. */
    static boolean counts(Lwp l, boolean embryosCount) {
        return switch (l.state()) {
            case LSIDL -> embryosCount;
            case LSRUN, LSONPROC, LSSLEEP -> true;
            default -> false;
        };
    }

    private void count(Proc p, String name, int kept, int counted) {
        rule(kept == counted, name + " of " + p + " is " + kept + ", counted " + counted);
    }

    private void rule(boolean holds, String text) {
        if (!holds) {
            broken.add(text);
        }
    }
}
