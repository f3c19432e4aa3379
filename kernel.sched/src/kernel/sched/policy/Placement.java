// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import kernel.sched.task.CpuState;
import kernel.sched.task.Generation;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;

/**
 * Where a task that becomes runnable goes: sched_takecpu and sched_bestcpu.
 *
 * <p>DEVIATION: a simulated CPU is a core and a package of its own, so "same core" means the same CPU, and new tasks
 * go round robin over the CPUs.
 */
final class Placement {
    private final SchedulerHost host;
    private final RunQueue[] queues;
    private int nextForNew;

    Placement(SchedulerHost host, RunQueue[] queues) {
        this.host = host;
        this.queues = queues;
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
        if (permitted && task.state() != TaskState.LSIDL && priority >= own.currentPriority()
                && CpuQueues.cacheHot(host, task)) {
            return own;
        }
        CpuState here = host.currentCpu();
        if (task.allowedOn(here) && priority > here.currentPriority()) {
            return here;
        }
        return best(task, own.id() + 1, own);
    }

    private CpuState select2020(Task task) {
        CpuState last = task.cpu();
        if (task.state() == TaskState.LSIDL) {
            nextForNew = (nextForNew + 1) % queues.length;
            return best(task, nextForNew, last);
        }
        boolean permitted = task.allowedOn(last);
        if (permitted && last.has(CpuState.IDLE)) {
            return last;
        }
        boolean hot = task.schedClass() == SchedClass.OTHER && CpuQueues.cacheHot(host, task);
        if (permitted && (task.effectivePriority() > last.currentPriority() || hot)) {
            return last;
        }
        CpuState here = host.currentCpu();
        if (here.has(CpuState.IDLE) && task.allowedOn(here)) {
            return here;
        }
        return best(task, last.id(), last);
    }

    /** An idle CPU at once, else the one with the lowest best priority, then first class, then the fewest queued. */
    private CpuState best(Task task, int start, CpuState otherwise) {
        CpuState best = null;
        for (int i = 0; i < queues.length; i++) {
            CpuState candidate = host.cpu((start + i) % queues.length);
            if (!task.allowedOn(candidate)) {
                continue;
            }
            if (candidate.has(CpuState.IDLE) && queues[candidate.id()].count() == 0) {
                return candidate;
            }
            if (best == null || better(candidate, best)) {
                best = candidate;
            }
        }
        return best == null ? otherwise : best;
    }

    private boolean better(CpuState candidate, CpuState best) {
        int value = value(candidate);
        int bestValue = value(best);
        if (value != bestValue) {
            return value < bestValue;
        }
        if (host.generation() != Generation.V2009
                && candidate.has(CpuState.FIRSTCLASS) != best.has(CpuState.FIRSTCLASS)) {
            return candidate.has(CpuState.FIRSTCLASS);
        }
        return queues[candidate.id()].count() < queues[best.id()].count();
    }

    private int value(CpuState cpu) {
        return Math.max(cpu.currentPriority(), queues[cpu.id()].maxPriority());
    }
}
