// SPDX-License-Identifier: BSD-2-Clause
package examples.lottery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kernel.sched.policy.Scheduler;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Lottery scheduling: each slice is drawn among the tasks of a CPU, and a task has as many tickets as priority.
 *
 * <p>No task starves, since every task has a ticket; shares of CPU time approach the shares of tickets.
 */
@Component(service = Scheduler.class, scope = ServiceScope.PROTOTYPE,
        property = {"kernel.slot=sched", "kernel.variant=lottery", "kernel.description=draws who runs"})
public final class Lottery implements Scheduler {
    private static final int SLICE_TICKS = 2;

    private final List<List<Task>> queues = new ArrayList<>();
    private SchedulerHost host;

    @Override
    public void attach(SchedulerHost core) {
        host = core;
        for (int i = 0; i < core.cpuCount(); i++) {
            queues.add(new ArrayList<>());
        }
    }

    @Override
    public CpuState selectCpu(Task task) {
        CpuState best = task.cpu();
        for (int i = 0; i < host.cpuCount(); i++) {
            CpuState cpu = host.cpu(i);
            boolean better = load(cpu) < load(best) || !task.allowedOn(best);
            best = task.allowedOn(cpu) && better ? cpu : best;
        }
        return best;
    }

    private int load(CpuState cpu) {
        return runnable(cpu) + (cpu.idle() ? 0 : 1);
    }

    @Override
    public void enqueue(Task task, boolean preempted) {
        queues.get(task.cpu().id()).add(task);
    }

    @Override
    public void dequeue(Task task) {
        queues.get(task.cpu().id()).remove(task);
    }

    @Override
    public Task pickNext(CpuState cpu) {
        List<Task> queue = queues.get(cpu.id());
        long tickets = 0;
        for (Task task : queue) {
            tickets += tickets(task);
        }
        if (tickets == 0) {
            return null;
        }
        long drawn = Long.remainderUnsigned(host.random(), tickets);
        int winner = 0;
        while (drawn >= tickets(queue.get(winner))) {
            drawn -= tickets(queue.get(winner));
            winner++;
        }
        return queue.remove(winner);
    }

    private static int tickets(Task task) {
        return task.effectivePriority() + 1;
    }

    @Override
    public void tick(CpuState cpu, Task running) {
        cpu.setTicks(SLICE_TICKS);
        if (runnable(cpu) > 0) {
            host.requestResched(cpu, CpuState.RESCHED_UPREEMPT);
        }
    }

    @Override
    public int runnable(CpuState cpu) {
        return queues.get(cpu.id()).size();
    }

    @Override
    public int bestQueuedPriority(CpuState cpu) {
        int best = 0;
        for (Task task : queues.get(cpu.id())) {
            best = Math.max(best, task.effectivePriority());
        }
        return best;
    }

    @Override
    public void forEachQueued(CpuState cpu, Consumer<Task> visitor) {
        queues.get(cpu.id()).forEach(visitor);
    }
}
