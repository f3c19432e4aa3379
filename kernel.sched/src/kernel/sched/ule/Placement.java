// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.ule;

import kernel.sched.policy.SchedulerHost;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;

/**
 * Where a task goes (sched_pickcpu), and what an idle CPU takes (tdq_idled).
 *
 * <p>DEVIATION: each simulated CPU has a last-level cache of its own, so the group of a CPU is the CPU.
 */
final class Placement {
    private static final int STEAL_THRESHOLD = 2;

    private final SchedulerHost host;
    private final Ule scheduler;

    Placement(SchedulerHost host, Ule scheduler) {
        this.host = host;
        this.scheduler = scheduler;
    }

    CpuState select(Task task) {
        CpuState last = task.cpu();
        if (task.bound() || task.allowedOn(last) && scheduler.load(last) == 0) {
            return last;
        }
        CpuState best = leastLoaded(task, true);
        if (best == null) {
            best = leastLoaded(task, false);
        }
        if (best == null) {
            return last;
        }
        CpuState here = host.currentCpu();
        boolean stay = task.allowedOn(here) && here.currentPriority() < task.effectivePriority()
                && scheduler.load(here) <= scheduler.load(best) + 1;
        return stay && scheduler.load(best) > 0 ? here : best;
    }

    /** A task that the idle CPU may take, still queued where it is; null when there is none. */
    Task steal(CpuState idle) {
        CpuState victim = null;
        for (int i = 1; i < host.cpuCount(); i++) {
            CpuState candidate = host.cpu((idle.id() + i) % host.cpuCount());
            if (scheduler.load(candidate) >= STEAL_THRESHOLD
                    && (victim == null || scheduler.load(candidate) > scheduler.load(victim))
                    && movable(candidate, idle) != null) {
                victim = candidate;
            }
        }
        return victim == null ? null : movable(victim, idle);
    }

    private Task movable(CpuState victim, CpuState idle) {
        Task[] found = new Task[1];
        scheduler.forEachQueued(victim, task -> {
            if (found[0] == null && !task.bound() && task.allowedOn(idle)) {
                found[0] = task;
            }
        });
        return found[0];
    }

    /** With {@code winning} only CPUs that run something worse than the task; null when there is none. */
    private CpuState leastLoaded(Task task, boolean winning) {
        CpuState best = null;
        for (int i = 0; i < host.cpuCount(); i++) {
            CpuState candidate = host.cpu((task.cpu().id() + i) % host.cpuCount());
            boolean wins = candidate.idle() || task.effectivePriority() > candidate.currentPriority();
            if (task.allowedOn(candidate) && (wins || !winning)
                    && (best == null || scheduler.load(candidate) < scheduler.load(best))) {
                best = candidate;
            }
        }
        return best;
    }
}
