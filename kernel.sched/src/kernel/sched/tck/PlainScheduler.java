// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import kernel.sched.policy.Scheduler;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;

/** First come, first served, one queue for each CPU: whom the subject changes places with, and base of its mutants. */
public class PlainScheduler implements Scheduler {
    private static final int SLICE_TICKS = 2;

    final List<Deque<Task>> queues = new ArrayList<>();
    SchedulerHost host;

    @Override
    public void attach(SchedulerHost core) {
        host = core;
        for (int i = 0; i < core.cpuCount(); i++) {
            queues.add(new ArrayDeque<>());
        }
    }

    @Override
    public CpuState selectCpu(Task task) {
        CpuState best = task.cpu();
        for (int i = 0; i < host.cpuCount(); i++) {
            CpuState cpu = host.cpu(i);
            boolean shorter = load(cpu) < load(best) || !task.allowedOn(best);
            best = task.allowedOn(cpu) && shorter ? cpu : best;
        }
        return best;
    }

    private int load(CpuState cpu) {
        return runnable(cpu) + (cpu.idle() ? 0 : 1);
    }

    @Override
    public void enqueue(Task task, boolean preempted) {
        queues.get(task.cpu().id()).addLast(task);
    }

    @Override
    public void dequeue(Task task) {
        if (!queues.get(task.cpu().id()).remove(task)) {
            throw new IllegalStateException("task " + task + " is not queued");
        }
    }

    @Override
    public Task pickNext(CpuState cpu) {
        return queues.get(cpu.id()).pollFirst();
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
