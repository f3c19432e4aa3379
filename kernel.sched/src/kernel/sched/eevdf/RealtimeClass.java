// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.eevdf;

import java.util.function.Consumer;
import kernel.sched.policy.RunQueue;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.task.Priority;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;

/** Tasks that go before the fair ones, by priority: the real-time classes, kernel threads, and who inherits from such. */
final class RealtimeClass {
    /** UNCONFIRMED: round robin has turns of 100 ms. */
    private static final int RR_HZ = 10;

    private final RunQueue[] queues;
    private final int turnTicks;

    RealtimeClass(SchedulerHost host) {
        queues = new RunQueue[host.cpuCount()];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new RunQueue();
        }
        turnTicks = host.hz() / RR_HZ;
    }

    static boolean has(Task task) {
        return task.schedClass() != SchedClass.OTHER || task.system()
                || task.inheritedPriority() >= Priority.USER_RT || task.protectPriority() >= Priority.USER_RT;
    }

    /** At the tail, but whoever was preempted within its turn goes on first. */
    void enqueue(Entity entity, boolean preempted) {
        Task task = entity.task;
        if (preempted && entity.usedTicks < turnTicks) {
            queues[task.cpu().id()].addFirst(task);
        } else {
            entity.usedTicks = 0;
            queues[task.cpu().id()].addLast(task);
        }
    }

    void remove(Task task) {
        queues[task.cpu().id()].remove(task);
    }

    Task poll(int cpu) {
        return queues[cpu].poll();
    }

    /** True when the turn of a round-robin task is over with this tick. */
    boolean turnEnds(Entity running) {
        return running.task.schedClass() == SchedClass.RR && ++running.usedTicks >= turnTicks;
    }

    int count(int cpu) {
        return queues[cpu].count();
    }

    int bestPriority(int cpu) {
        return queues[cpu].maxPriority();
    }

    void forEach(int cpu, Consumer<Task> visitor) {
        queues[cpu].forEach(visitor);
    }
}
