// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import java.util.function.Consumer;
import kernel.sched.policy.Scheduler;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;

/** A scheduler that takes no task. */
public final class BrokenScheduler implements Scheduler {
    @Override
    public void attach(SchedulerHost host) {
    }

    @Override
    public void enqueue(Task task, boolean preempted) {
        throw new IllegalStateException("no room");
    }

    @Override
    public void dequeue(Task task) {
    }

    @Override
    public Task pickNext(CpuState cpu) {
        return null;
    }

    @Override
    public int runnable(CpuState cpu) {
        return 0;
    }

    @Override
    public int bestQueuedPriority(CpuState cpu) {
        return 0;
    }

    @Override
    public CpuState selectCpu(Task task) {
        return task.cpu();
    }

    @Override
    public void tick(CpuState cpu, Task running) {
    }

    @Override
    public void forEachQueued(CpuState cpu, Consumer<Task> visitor) {
    }
}
