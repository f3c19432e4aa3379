// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.ule;

import kernel.sched.policy.SchedulerHost;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import machine.core.engine.Topology;

/**
 * Where a task goes (sched_pickcpu), and what an idle CPU takes (tdq_idled).
 *
 * <p>DEVIATION: the groups of CPUs are the core and the package, which stands for the last-level cache; the idle CPU
 * of a group that a CPU shares most with comes first.
 */
final class Placement {
    private final SchedulerHost host;
    private final Topology topology;
    private final Ule scheduler;
    private int stealThreshold = 2;
    private boolean steals = true;

    Placement(SchedulerHost host, Ule scheduler) {
        this.host = host;
        this.topology = host.topology();
        this.scheduler = scheduler;
    }

    int stealThreshold() {
        return stealThreshold;
    }

    void setStealThreshold(int load) {
        stealThreshold = load;
    }

    boolean steals() {
        return steals;
    }

    void setSteals(boolean idleCpusSteal) {
        steals = idleCpusSteal;
    }

    CpuState select(Task task) {
        CpuState last = task.cpu();
        if (task.bound() || task.allowedOn(last) && scheduler.load(last) == 0) {
            return last;
        }
        CpuState best = idleInPackage(task, last);
        if (best == null) {
            best = leastLoaded(task, true);
        }
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

    /** A CPU with nothing to do that shares the cache with the last one, its core first; null when there is none. */
    private CpuState idleInPackage(Task task, CpuState last) {
        CpuState found = null;
        for (int i = topology.nextInPackage(last.id()); i != last.id(); i = topology.nextInPackage(i)) {
            CpuState candidate = host.cpu(i);
            if (scheduler.load(candidate) == 0 && task.allowedOn(candidate)) {
                if (candidate.coreId() == last.coreId()) {
                    return candidate;
                }
                found = found == null ? candidate : found;
            }
        }
        return found;
    }

    /**
     * A task that the idle CPU may take, still queued where it is; null when there is none. Looks in the core, then in
     * the package, then everywhere.
     */
    Task steal(CpuState idle) {
        // UNCONFIRMED: every level is searched at once, where trysteal_limit and the spinning of idle CPUs set bounds.
        for (int first = groupStart(idle, 0), level = 0; steals && level < 3; first = groupStart(idle, ++level)) {
            Task task = stealFrom(idle, first, groupSize(level));
            if (task != null) {
                return task;
            }
        }
        return null;
    }

    private int groupSize(int level) {
        return switch (level) {
            case 0 -> topology.threads();
            case 1 -> topology.threads() * topology.cores();
            default -> topology.cpus();
        };
    }

    private int groupStart(CpuState cpu, int level) {
        return cpu.id() - cpu.id() % groupSize(level);
    }

    private Task stealFrom(CpuState idle, int first, int size) {
        CpuState victim = null;
        for (int i = 1; i < size; i++) {
            CpuState candidate = host.cpu(first + (idle.id() - first + i) % size);
            if (scheduler.load(candidate) >= stealThreshold
                    && (victim == null || scheduler.load(candidate) > scheduler.load(victim))
                    && movable(candidate, idle) != null) {
                victim = candidate;
            }
        }
        return victim == null ? null : movable(victim, idle);
    }

    /** The first task in queue order that may move; null when there is none. */
    Task movable(CpuState victim, CpuState idle) {
        // UNCONFIRMED: the first that may move, in the order in which they would run.
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
