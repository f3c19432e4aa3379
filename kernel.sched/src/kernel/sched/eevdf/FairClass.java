// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.eevdf;

import kernel.sched.policy.SchedulerHost;
import kernel.sched.task.CpuState;

/**
 * The life of fair entities: competing for a CPU, running, falling asleep, coming back.
 *
 * <p>An entity that falls asleep with negative lag stays where it is until the average has caught up with it, and is taken
 * out when it would be picked (deferred dequeue); so nobody gets rid of its debt by a short sleep.
 */
final class FairClass {
    private static final long BASE_SLICE_NANOS = 700_000;
    /** UNCONFIRMED: from how many CPUs on the slice does not grow any more. */
    private static final int MOST_CPUS_FOR_SLICE = 8;

    private final SchedulerHost host;
    private final FairQueue[] queues;
    private final long sliceNanos;
    private final long lagLimitNanos;

    FairClass(SchedulerHost host) {
        this.host = host;
        queues = new FairQueue[host.cpuCount()];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new FairQueue();
        }
        sliceNanos = sliceNanos(queues.length);
        // UNCONFIRMED: lag is limited to two slices or a tick, whichever is longer.
        lagLimitNanos = Math.max(2 * sliceNanos, 1_000_000_000L / host.hz());
    }

    /** Base slice: grows with the logarithm of the number of CPUs. */
    static long sliceNanos(int cpus) {
        int counted = Math.min(cpus, MOST_CPUS_FOR_SLICE);
        return BASE_SLICE_NANOS * (32 - Integer.numberOfLeadingZeros(counted));
    }

    FairQueue of(CpuState cpu) {
        return queues[cpu.id()];
    }

    /** Puts a runnable entity on the queue of its CPU. */
    void enqueue(Entity entity, boolean preempted) {
        CpuState cpu = entity.task.cpu();
        FairQueue queue = of(cpu);
        account(queue);
        if (entity.queue == queue && !entity.delayed) {
            // UNCONFIRMED: who yields puts its deadline off by one request.
            entity.deadline += preempted ? 0 : entity.virtual(sliceNanos);
            queue.setCurrent(null);
            queue.add(entity);
            return;
        }
        if (entity.queue == queue && !queue.eligible(entity)) {
            queue.wake(entity);
        } else {
            retire(entity, !entity.delayed);
            place(entity, queue);
            queue.add(entity);
        }
        preemptFor(entity, cpu);
    }

    /** Takes a queued entity out; it keeps its lag and the rest of its request. */
    void dequeue(Entity entity, CpuState cpu) {
        FairQueue queue = of(cpu);
        if (entity.queue != queue || entity.delayed || queue.current() == entity) {
            throw new IllegalStateException("task " + entity.task + " is not queued on " + cpu);
        }
        account(queue);
        queue.remove(entity);
        part(entity, true);
    }

    /** Removes and returns the entity that a CPU should run, or null; the one that ran before has left. */
    Entity pick(CpuState cpu) {
        FairQueue queue = of(cpu);
        Entity best = queue.best();
        while (best != null && best.delayed) {
            retire(best, false);
            best = queue.best();
        }
        if (best != null) {
            queue.remove(best);
            run(best, queue);
        }
        return best;
    }

    /** The CPU gives up whom it ran, who did not come back to the queue. */
    void leave(CpuState cpu) {
        FairQueue queue = of(cpu);
        account(queue);
        if (queue.current() != null) {
            retire(queue.current(), true);
        }
    }

    /** Falls asleep. */
    void sleep(Entity entity) {
        FairQueue queue = entity.queue;
        if (queue == null || entity.delayed) {
            return;
        }
        account(queue);
        if (queue.current() != entity || queue.eligible(entity)) {
            retire(entity, false);
        } else {
            queue.setCurrent(null);
            queue.delay(entity);
        }
    }

    /** Charges the running entity for the time since it was charged last. */
    void account(FairQueue queue) {
        Entity entity = queue.current();
        if (entity == null) {
            return;
        }
        long now = host.nowNanos();
        long ran = now - entity.accountedNanos;
        if (ran <= 0) {
            return;
        }
        entity.accountedNanos = now;
        queue.advance(entity, entity.virtual(ran));
        if (entity.virtualNanos >= entity.deadline) {
            entity.deadline = entity.virtualNanos + entity.virtual(sliceNanos);
            entity.served = true;
        }
    }

    /** Makes an entity the running one of a queue that does not know of it: after stealing, importing, or waking late. */
    void startOn(Entity entity, FairQueue queue) {
        if (queue.current() == entity) {
            return;
        }
        if (queue.current() != null) {
            retire(queue.current(), false);
        }
        retire(entity, true);
        place(entity, queue);
        run(entity, queue);
    }

    /** Gives another weight; an entity that competes keeps its lag. */
    void reweigh(Entity entity, int weight) {
        FairQueue queue = entity.queue;
        if (queue == null) {
            entity.weight = weight;
            return;
        }
        account(queue);
        long rest = entity.deadline - entity.virtualNanos;
        queue.leave(entity);
        // UNCONFIRMED: the rest of a request is stretched with the weight.
        entity.deadline = entity.virtualNanos + rest * entity.weight / weight;
        entity.weight = weight;
        queue.join(entity);
    }

    /** Ends the part of an entity that runs or is delayed; does nothing to one that takes part nowhere. */
    void retire(Entity entity, boolean keepRequest) {
        FairQueue queue = entity.queue;
        if (queue == null) {
            return;
        }
        if (queue.current() == entity) {
            queue.setCurrent(null);
        }
        boolean delayed = entity.delayed;
        if (delayed) {
            queue.wake(entity);
            queue.remove(entity);
        }
        part(entity, keepRequest);
        if (delayed) {
            // UNCONFIRMED: what the average has moved beyond a sleeper is no credit.
            entity.lag = Math.min(entity.lag, 0);
        }
    }

    private void run(Entity entity, FairQueue queue) {
        queue.setCurrent(entity);
        entity.served = false;
        entity.accountedNanos = host.nowNanos();
    }

    private void place(Entity entity, FairQueue queue) {
        long others = queue.weightSum();
        // UNCONFIRMED: joining moves the average, so the lag is stretched to be afterwards what it was.
        long lag = others == 0 ? 0 : entity.lag * (others + entity.weight) / others;
        entity.virtualNanos = queue.average() - lag;
        long request = entity.virtual(sliceNanos);
        if (entity.unserved >= 0) {
            // UNCONFIRMED: who changes queues while it is runnable takes the rest of its request along.
            request = entity.unserved;
        } else if (entity.fresh) {
            // UNCONFIRMED: the first request of a task is half as long.
            request /= 2;
        }
        entity.deadline = entity.virtualNanos + request;
        entity.fresh = false;
        entity.unserved = -1;
        queue.join(entity);
    }

    private void part(Entity entity, boolean keepRequest) {
        FairQueue queue = entity.queue;
        long limit = entity.virtual(lagLimitNanos);
        entity.lag = Math.clamp(queue.average() - entity.virtualNanos, -limit, limit);
        entity.unserved = keepRequest ? Math.max(0, entity.deadline - entity.virtualNanos) : -1;
        queue.leave(entity);
    }

    private void preemptFor(Entity entity, CpuState cpu) {
        FairQueue queue = of(cpu);
        Entity running = queue.current();
        // UNCONFIRMED: who wakes preempts when it would be picked and the running one is not eligible or has a later deadline.
        if (running != null && queue.best() == entity
                && (!queue.eligible(running) || FairQueue.earlier(entity, running))) {
            host.requestResched(cpu, CpuState.RESCHED_UPREEMPT);
        }
    }
}
