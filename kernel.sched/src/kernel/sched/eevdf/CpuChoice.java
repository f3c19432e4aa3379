// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.eevdf;

import kernel.sched.policy.SchedulerHost;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import machine.core.engine.Topology;

/**
 * Where a woken task goes, and what an idle CPU takes from the others.
 *
 * <p>DEVIATION: an idle CPU, in an idle core of the same package first, else the least loaded, stands for the
 * scheduling domains of Linux. Migration cost 0.5 ms is below a tick: what ran in the
 * current tick counts as hot.
 */
final class CpuChoice {
    private final SchedulerHost host;
    private final Topology topology;
    private final Eevdf scheduler;

    CpuChoice(SchedulerHost host, Eevdf scheduler) {
        this.host = host;
        this.topology = host.topology();
        this.scheduler = scheduler;
    }

    CpuState select(Task task) {
        CpuState last = task.cpu();
        if (task.bound() || task.allowedOn(last) && free(last)) {
            return last;
        }
        CpuState near = freeInPackage(task, last);
        return near == null ? freeOrLeastLoaded(task, last) : near;
    }

    /** A free CPU of the same package, in a core that is free altogether if there is one; null when there is none. */
    private CpuState freeInPackage(Task task, CpuState last) {
        CpuState found = null;
        for (int i = topology.nextInPackage(last.id()); i != last.id(); i = topology.nextInPackage(i)) {
            CpuState candidate = host.cpu(i);
            if (task.allowedOn(candidate) && free(candidate)) {
                if (coreFree(candidate)) {
                    return candidate;
                }
                found = found == null ? candidate : found;
            }
        }
        return found;
    }

    private boolean coreFree(CpuState cpu) {
        for (int i = topology.nextInCore(cpu.id()); i != cpu.id(); i = topology.nextInCore(i)) {
            if (!free(host.cpu(i))) {
                return false;
            }
        }
        return true;
    }

    private CpuState freeOrLeastLoaded(Task task, CpuState last) {
        CpuState best = task.allowedOn(last) ? last : null;
        for (int i = 1; i <= host.cpuCount(); i++) {
            CpuState candidate = host.cpu((last.id() + i) % host.cpuCount());
            if (!task.allowedOn(candidate)) {
                continue;
            }
            if (free(candidate)) {
                return candidate;
            }
            if (best == null || scheduler.load(candidate) < scheduler.load(best)) {
                best = candidate;
            }
        }
        return best == null ? last : best;
    }

    /** A task that a CPU with little or nothing to do may take, still queued where it is; null when there is none. */
    Task fromBusiest(CpuState taker) {
        // UNCONFIRMED: a CPU takes from the one with the most weight the first task in the order they came.
        Task[] found = new Task[1];
        long most = -1;
        Task chosen = null;
        for (int i = 1; i < host.cpuCount(); i++) {
            CpuState victim = host.cpu((taker.id() + i) % host.cpuCount());
            if (scheduler.runnable(victim) == 0 || scheduler.load(victim) <= most) {
                continue;
            }
            found[0] = null;
            scheduler.forEachQueued(victim, task -> {
                if (found[0] == null && movable(task, taker)) {
                    found[0] = task;
                }
            });
            if (found[0] != null) {
                most = scheduler.load(victim);
                chosen = found[0];
            }
        }
        return chosen;
    }

    private boolean free(CpuState cpu) {
        return cpu.idle() && scheduler.runnable(cpu) == 0;
    }

    private boolean movable(Task task, CpuState taker) {
        return !task.bound() && task.allowedOn(taker) && (task.lastRunTick() == 0 || task.lastRunTick() < host.tick());
    }
}
