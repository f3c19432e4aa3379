// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import java.util.function.Consumer;
import kernel.sched.task.CpuState;
import kernel.sched.task.Generation;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Run queues of all CPUs with the queueing, placement and stealing rules of NetBSD.
 *
 * <p>What 4bsd and m2 have in common (kern_runq.c 1.44 and 1.69, by the kernel's generation); a scheduler that only
 * changes priorities and slices can delegate to it.
 */
@ProviderType
public final class CpuQueues {
    private final SchedulerHost host;
    private final RunQueue[] queues;
    private final Placement placement;
    private final Stealing stealing;
    private final int roundRobinTicks;

    /** Makes empty queues for all CPUs; {@code roundRobinTicks} is the quantum of SCHED_RR. */
    public CpuQueues(SchedulerHost host, int roundRobinTicks) {
        this.host = host;
        this.roundRobinTicks = roundRobinTicks;
        queues = new RunQueue[host.cpuCount()];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new RunQueue();
        }
        placement = new Placement(host, queues);
        stealing = new Stealing(host, queues);
    }

    /** Queue of a CPU. */
    public RunQueue of(CpuState cpu) {
        return queues[cpu.id()];
    }

    /**
     * Queues a task at its effective priority.
     *
     * <p>At the tail, except that from 2020 on a preempted real-time task that has not used up its turn goes to the
     * head.
     */
    public void enqueue(Task task, boolean preempted) {
        RunQueue queue = queues[task.cpu().id()];
        if (host.generation() == Generation.V2009) {
            queue.addLast(task);
            return;
        }
        if (preempted && keepsTurn(task)) {
            queue.addFirst(task);
        } else {
            queue.addLast(task);
        }
        task.cpu().clearFlag(CpuState.IDLE);
    }

    /** Takes a task out. */
    public void dequeue(Task task) {
        queues[task.cpu().id()].remove(task);
    }

    /** Removes and returns the best task of a CPU, or null. */
    public Task pickNext(CpuState cpu) {
        return queues[cpu.id()].poll();
    }

    /** Chooses a CPU for a task that becomes runnable (sched_takecpu). */
    public CpuState selectCpu(Task task) {
        return placement.select(task);
    }

    /** Finds work for an idle CPU on the queues of others and takes it out; null when there is none. */
    public Task steal(CpuState idle) {
        return stealing.steal(idle);
    }

    private boolean keepsTurn(Task task) {
        return switch (task.schedClass()) {
            case SchedClass.FIFO -> true;
            case SchedClass.RR -> host.tick() - task.lastRunTick() < roundRobinTicks;
            default -> false;
        };
    }

    /** True when a task slept less than a second and ran a few milliseconds ago, so that its cache is worth keeping. */
    static boolean cacheHot(SchedulerHost host, Task task) {
        int ticks = host.generation() == Generation.V2009 ? 3 * host.hz() / 1000 : 10 * host.hz() / 1000;
        return task.sleepSeconds() == 0 && task.lastRunTick() != 0 && host.tick() - task.lastRunTick() <= ticks;
    }

    /** Shows the queue of a CPU, best first. */
    public void forEachQueued(CpuState cpu, Consumer<Task> visitor) {
        queues[cpu.id()].forEach(visitor);
    }
}
