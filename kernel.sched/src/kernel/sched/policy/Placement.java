// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import kernel.sched.task.CpuState;
import kernel.sched.task.Generation;
import kernel.sched.task.Priority;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import machine.core.engine.Topology;

/** Where a task goes that becomes runnable or is preempted: sched_takecpu and sched_preempted of kern_runq.c. */
final class Placement {
    private static final int FREE = CpuState.IDLE | CpuState.FIRSTCLASS;

    private final SchedulerHost host;
    private final Topology topology;
    private final RunQueue[] queues;
    private final CacheHeat heat;
    /** For each CPU that makes tasks the package that gets the next one (spc_nextpkg). */
    private final int[] nextPackage;

    Placement(SchedulerHost host, RunQueue[] queues, CacheHeat heat) {
        this.host = host;
        this.topology = host.topology();
        this.queues = queues;
        this.heat = heat;
        nextPackage = new int[queues.length];
        for (int i = 0; i < nextPackage.length; i++) {
            nextPackage[i] = i;
        }
    }

    CpuState select(Task task) {
        if (task.bound()) {
            return task.cpu();
        }
        return host.generation() == Generation.V2009 ? select2009(task) : select2020(task);
    }

    private CpuState select2009(Task task) {
        CpuState own = task.cpu();
        boolean permitted = task.allowedOn(own);
        int priority = task.effectivePriority();
        if (permitted && queues[own.id()].count() == 0) {
            return own;
        }
        if (permitted && task.state() != TaskState.LSIDL && priority >= own.currentPriority() && heat.hot(task)) {
            return own;
        }
        CpuState here = host.currentCpu();
        if (task.allowedOn(here) && priority > here.currentPriority()) {
            return here;
        }
        return best2009(task, own);
    }

    /** Idle at once, else the lowest best priority, then the fewest queued, then the last looked at. */
    private CpuState best2009(Task task, CpuState own) {
        CpuState best = null;
        for (int i = 1; i <= queues.length; i++) {
            CpuState candidate = host.cpu((own.id() + i) % queues.length);
            if (!task.allowedOn(candidate)) {
                continue;
            }
            if (candidate.has(CpuState.IDLE) && queues[candidate.id()].count() == 0) {
                return candidate;
            }
            if (best == null || value(candidate) < value(best)
                    || value(candidate) == value(best) && count(candidate) <= count(best)) {
                best = candidate;
            }
        }
        return best == null ? own : best;
    }

    private CpuState select2020(Task task) {
        CpuState last = task.cpu();
        if (task.state() == TaskState.LSIDL) {
            return best2020(task, nextPackage());
        }
        CpuState free = freeInCore(task, last);
        if (free != null) {
            return free;
        }
        boolean hot = task.schedClass() == SchedClass.OTHER && heat.hot(task);
        if (task.allowedOn(last) && (task.effectivePriority() > last.currentPriority() || hot)) {
            return last;
        }
        free = freeInCore(task, host.currentCpu());
        return free != null ? free : best2020(task, last);
    }

    /** Round robin through the packages, for each CPU by itself (sched_nextpkg). */
    private CpuState nextPackage() {
        int here = host.currentCpu().id();
        nextPackage[here] = topology.firstOfNextPackage(nextPackage[here]);
        return host.cpu(nextPackage[here]);
    }

    /** The CPU itself or a sibling in its core that is idle and first class; null when there is none. */
    private CpuState freeInCore(Task task, CpuState cpu) {
        CpuState sibling = cpu;
        do {
            if (free(sibling) && task.allowedOn(sibling)) {
                return sibling;
            }
            sibling = host.cpu(topology.nextInCore(sibling.id()));
        } while (sibling != cpu);
        return null;
    }

    /**
     * Idle and first class at once, else the lowest best priority, then first class, then the fewest queued, then the
     * last looked at; the package of the pivot first (sched_bestcpu).
     */
    private CpuState best2020(Task task, CpuState pivot) {
        CpuState best = pivot;
        int bestValue = task.allowedOn(pivot) ? value(pivot) : Priority.COUNT;
        int outer = topology.firstOfPackage(pivot.id());
        int first = outer;
        do {
            int inner = outer;
            do {
                CpuState candidate = host.cpu(inner);
                if (task.allowedOn(candidate)) {
                    if (free(candidate)) {
                        return candidate;
                    }
                    if (beats(candidate, best, bestValue)) {
                        best = candidate;
                        bestValue = value(candidate);
                    }
                }
                inner = topology.nextInPackage(inner);
            } while (inner != outer);
            outer = topology.firstOfNextPackage(outer);
        } while (outer != first);
        return best;
    }

    private boolean beats(CpuState candidate, CpuState best, int bestValue) {
        int value = value(candidate);
        if (value != bestValue) {
            return value < bestValue;
        }
        if (!candidate.has(CpuState.FIRSTCLASS) && best.has(CpuState.FIRSTCLASS)) {
            return false;
        }
        return count(candidate) <= count(best);
    }

    /** Where a task preempted on a second-class CPU should go, or null to stay. */
    CpuState preempted(Task task) {
        CpuState cpu = task.cpu();
        if (cpu.has(CpuState.FIRSTCLASS) || task.bound() || host.generation() == Generation.V2009) {
            return null;
        }
        CpuState better = freeInCore(task, cpu);
        if (better == null) {
            better = best2020(task, cpu);
        }
        return better != cpu && free(better) ? better : null;
    }

    private static boolean free(CpuState cpu) {
        return (cpu.flags() & FREE) == FREE;
    }

    private int count(CpuState cpu) {
        return queues[cpu.id()].count();
    }

    private int value(CpuState cpu) {
        return Math.max(cpu.currentPriority(), queues[cpu.id()].maxPriority());
    }
}
