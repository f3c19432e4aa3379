// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import kernel.sched.task.CpuState;
import kernel.sched.task.Generation;
import kernel.sched.task.Task;

/**
 * How an idle CPU gets work from others: the balancer of kern_runq.c 1.44, sched_idle of 1.69.
 *
 * <p>DEVIATION: the 2009 balancer runs when a CPU turns idle and its period has passed, not from a callout of its
 * own; its averages are used nowhere else.
 */
final class Stealing {
    private static final int BALANCE_MILLIS = 300;
    private static final int SKIM_MILLIS = 10;

    private final SchedulerHost host;
    private final RunQueue[] queues;
    private final int[] average;
    private final long[] nextSkimTick;
    private long nextBalanceTick;

    Stealing(SchedulerHost host, RunQueue[] queues) {
        this.host = host;
        this.queues = queues;
        average = new int[queues.length];
        nextSkimTick = new long[queues.length];
    }

    Task steal(CpuState idle) {
        if (queues.length == 1 || idle.has(CpuState.OFFLINE)) {
            return null;
        }
        return host.generation() == Generation.V2009 ? steal2009(idle) : steal2020(idle);
    }

    private Task steal2009(CpuState idle) {
        if (host.tick() >= nextBalanceTick) {
            nextBalanceTick = host.tick() + BALANCE_MILLIS * host.hz() / 1000;
            balance();
        }
        average[idle.id()] = 0;
        int worker = balance();
        if (worker == idle.id()) {
            return null;
        }
        RunQueue queue = queues[worker];
        for (int level = queue.movable() == 0 ? -1 : queue.maxPriority(); level >= 0; level = queue.nextLower(level)) {
            Task task = suitable(queue.head(level), idle, true);
            if (task != null) {
                queue.remove(task);
                return task;
            }
        }
        return null;
    }

    private int balance() {
        int worker = 0;
        for (int i = 0; i < queues.length; i++) {
            average[i] = (average[i] + queues[i].movable()) / 2;
            if (average[i] > average[worker]) {
                worker = i;
            }
        }
        return worker;
    }

    private Task steal2020(CpuState idle) {
        if (host.tick() < nextSkimTick[idle.id()]) {
            return null;
        }
        nextSkimTick[idle.id()] = host.tick() + Math.max(1, SKIM_MILLIS * host.hz() / 1000);
        for (int i = 1; i < queues.length; i++) {
            CpuState victim = host.cpu((idle.id() + i) % queues.length);
            RunQueue queue = queues[victim.id()];
            if (queue.movable() == 0) {
                continue;
            }
            boolean gentle = !idle.has(CpuState.FIRSTCLASS) || victim.has(CpuState.FIRSTCLASS);
            Task task = suitable(queue.head(queue.maxPriority()), idle, gentle);
            if (task != null) {
                queue.remove(task);
                return task;
            }
        }
        return null;
    }

    private Task suitable(Task first, CpuState idle, boolean gentle) {
        for (Task task = first; task != null; task = task.runNext) {
            if (!task.bound() && task.allowedOn(idle) && !(gentle && CpuQueues.cacheHot(host, task))) {
                return task;
            }
        }
        return null;
    }
}
