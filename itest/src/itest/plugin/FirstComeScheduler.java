// SPDX-License-Identifier: BSD-2-Clause
package itest.plugin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import kernel.sched.policy.Scheduler;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;

/** A scheduler as a third party writes it: first come, first served, on the shortest queue; base of those that hang. */
public class FirstComeScheduler implements Scheduler {
    private static final int TICKS = 5;

    private final List<Deque<Task>> queues = new ArrayList<>();
    private SchedulerHost host;

    @Override
    public void attach(SchedulerHost core) {
        host = core;
        for (int i = 0; i < core.cpuCount(); i++) {
            queues.add(new ArrayDeque<>());
            core.cpu(i).setTicks(TICKS);
        }
    }

    @Override
    public void enqueue(Task task, boolean preempted) {
        queues.get(task.cpu().id()).addLast(task);
    }

    @Override
    public void dequeue(Task task) {
        queues.get(task.cpu().id()).remove(task);
    }

    @Override
    public Task pickNext(CpuState cpu) {
        return queues.get(cpu.id()).pollFirst();
    }

    @Override
    public int runnable(CpuState cpu) {
        return queues.get(cpu.id()).size();
    }

    @Override
    public int bestQueuedPriority(CpuState cpu) {
        return queues.get(cpu.id()).stream().mapToInt(Task::effectivePriority).max().orElse(0);
    }

    @Override
    public CpuState selectCpu(Task task) {
        CpuState best = null;
        for (int i = 0; i < host.cpuCount(); i++) {
            CpuState cpu = host.cpu(i);
            if (task.allowedOn(cpu) && (best == null || runnable(cpu) < runnable(best))) {
                best = cpu;
            }
        }
        return best;
    }

    @Override
    public void tick(CpuState cpu, Task running) {
        cpu.setTicks(TICKS);
        host.requestResched(cpu, CpuState.RESCHED_LAZY);
    }

    @Override
    public void forEachQueued(CpuState cpu, Consumer<Task> visitor) {
        queues.get(cpu.id()).forEach(visitor);
    }
}
