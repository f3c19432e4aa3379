// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.ule;

import kernel.sched.policy.SchedulerHost;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import machine.core.engine.Topology;

/**
 * Where a task goes (sched_pickcpu), and what an idle CPU takes (tdq_idled).
 *
 * <p>DEVIATION: the groups of CPUs are the core and the package, which stands for the last-level cache.
 */
final class Placement {
    private static final int AFFINITY_MILLIS = 1;
    /** UNCONFIRMED: the window of the last CPU is that of the second level of caches. */
    private static final int AFFINITY_LEVEL = 2;

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
        if (task.bound() || task.allowedOn(last) && scheduler.load(last) == 0 && affine(task)) {
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

    /** Whether what the task left in the caches of its last CPU counts: it ran there a moment ago (SCHED_AFFINITY). */
    private boolean affine(Task task) {
        long window = Math.max(1, AFFINITY_MILLIS * AFFINITY_LEVEL * host.hz() / 1000);
        long ran = Math.max(task.lastRunTick(), task.lastSleepTick());
        return ran != 0 && host.tick() - ran < window;
    }

    /**
     * A CPU with nothing to do that shares the last-level cache with the last one, in the least loaded core; among equals the
     * last one itself. Null when there is none.
     */
    private CpuState idleInPackage(Task task, CpuState last) {
        CpuState found = null;
        int i = last.id();
        do {
            CpuState candidate = host.cpu(i);
            if (scheduler.load(candidate) == 0 && task.allowedOn(candidate)
                    && (found == null || coreLoad(candidate) < coreLoad(found))) {
                found = candidate;
            }
            i = topology.nextInPackage(i);
        } while (i != last.id());
        return found;
    }

    private int coreLoad(CpuState cpu) {
        int load = 0;
        int i = cpu.id();
        do {
            load += scheduler.load(host.cpu(i));
            i = topology.nextInCore(i);
        } while (i != cpu.id());
        return load;
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
