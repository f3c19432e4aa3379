// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.eevdf;

import java.util.function.Consumer;
import kernel.sched.policy.RunQueue;
import kernel.sched.policy.Scheduler;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.policy.TaskRecord;
import kernel.sched.task.CpuState;
import kernel.sched.task.Priority;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Earliest eligible virtual deadline first, as in Linux 6.6 and later.
 *
 * <p>UNCONFIRMED: modelled after the published description, not after the code: placement, preemption at wake-up, the
 * limit of lag and the 0.70 ms base slice may differ in detail.
 *
 * <p>DEVIATION: a sleeping task leaves the average at once and keeps its lag, where Linux leaves one with negative lag
 * on the queue until that has decayed. Kernel boosts of BSD have no effect on fair tasks. Real-time and kernel tasks
 * go first, by priority.
 */
@Component(service = Scheduler.class, scope = ServiceScope.PROTOTYPE, property = {
    "kernel.slot=sched",
    "kernel.variant=eevdf",
    "kernel.description=Linux EEVDF: fair by weight, the earliest virtual deadline first"
})
public final class Eevdf implements Scheduler {
    private static final long BASE_SLICE_NANOS = 700_000;
    private static final int MOST_CPUS_FOR_SLICE = 8;
    private static final int RR_HZ = 10;
    private static final int ESTCPU_MAX = 18 * 2048;

    private final Weights weights = new Weights();
    private SchedulerHost host;
    private FairQueue[] fair;
    private RunQueue[] realtime;
    private CpuChoice choice;
    private long sliceNanos;

    /** Makes a scheduler that serves one kernel. */
    public Eevdf() {
    }

    @Override
    public void attach(SchedulerHost core) {
        host = core;
        int cpus = core.cpuCount();
        fair = new FairQueue[cpus];
        realtime = new RunQueue[cpus];
        for (int i = 0; i < cpus; i++) {
            fair[i] = new FairQueue();
            realtime[i] = new RunQueue();
        }
        choice = new CpuChoice(core, this);
        sliceNanos = sliceNanos(cpus);
    }

    /** Base slice: grows with the logarithm of the number of CPUs. */
    static long sliceNanos(int cpus) {
        int counted = Math.min(cpus, MOST_CPUS_FOR_SLICE);
        return BASE_SLICE_NANOS * (32 - Integer.numberOfLeadingZeros(counted));
    }

    @Override
    public void enqueue(Task task, boolean preempted) {
        Entity entity = of(task);
        FairQueue queue = fair[task.cpu().id()];
        if (!isFair(task)) {
            retire(entity, false);
            enqueueRealtime(entity, preempted);
        } else if (entity.queue == queue) {
            account(queue);
            if (!preempted) {
                entity.deadline += entity.virtual(sliceNanos);
            }
            queue.setCurrent(null);
            queue.add(entity);
        } else {
            retire(entity, true);
            account(queue);
            place(entity, queue);
            queue.add(entity);
            preemptFor(entity, task.cpu());
        }
    }

    @Override
    public void dequeue(Task task) {
        int cpu = task.cpu().id();
        if (task.runLevel >= 0) {
            realtime[cpu].remove(task);
            return;
        }
        Entity entity = of(task);
        if (entity.queue != fair[cpu] || fair[cpu].current() == entity) {
            throw new IllegalStateException("task " + task + " is not queued on cpu" + cpu);
        }
        account(fair[cpu]);
        unlink(entity);
    }

    @Override
    public Task pickNext(CpuState cpu) {
        FairQueue queue = fair[cpu.id()];
        account(queue);
        if (queue.current() != null) {
            retire(queue.current(), true);
        }
        Task urgent = realtime[cpu.id()].poll();
        if (urgent != null) {
            return urgent;
        }
        Entity entity = queue.best();
        if (entity == null) {
            return null;
        }
        queue.remove(entity);
        run(entity, queue);
        return entity.task;
    }

    @Override
    public void switchedIn(Task task) {
        Entity entity = of(task);
        task.cpu().setTicks(1);
        if (isFair(task)) {
            startOn(entity, fair[task.cpu().id()]);
        }
    }

    /** Each tick of the clock: a served request makes room for the next. */
    @Override
    public void tick(CpuState cpu, Task running) {
        cpu.setTicks(1);
        if (cpu.idle()) {
            return;
        }
        Entity entity = of(running);
        if (isFair(running)) {
            FairQueue queue = fair[cpu.id()];
            startOn(entity, queue);
            account(queue);
            if (entity.served && runnable(cpu) > 0) {
                host.requestResched(cpu, CpuState.RESCHED_UPREEMPT);
            }
        } else if (running.schedClass() == SchedClass.RR && ++entity.usedTicks >= host.hz() / RR_HZ) {
            host.requestResched(cpu, CpuState.RESCHED_UPREEMPT);
        }
    }

    @Override
    public void slept(Task task) {
        Entity entity = of(task);
        if (entity.queue != null) {
            account(entity.queue);
            retire(entity, false);
        }
    }

    @Override
    public void forked(Task parent, Task child) {
        of(child);
    }

    @Override
    public void exited(Task task) {
        retire(of(task), false);
        task.setSchedulerData(null);
    }

    /** A task that competes keeps its lag; the rest of its request is stretched with its weight. */
    @Override
    public void nice(Task task, int nice) {
        task.setNice(nice);
        Entity entity = of(task);
        FairQueue queue = entity.queue;
        int weight = weights.of(nice);
        if (queue == null) {
            entity.weight = weight;
            return;
        }
        account(queue);
        long rest = entity.deadline - entity.virtualNanos;
        queue.leave(entity);
        entity.deadline = entity.virtualNanos + rest * entity.weight / weight;
        entity.weight = weight;
        queue.join(entity);
    }

    /** This scheduler keeps no estimate of CPU use: the recent share of a CPU stands for it. */
    @Override
    public void exportTask(Task task, TaskRecord record) {
        record.estcpu = (int) ((long) ESTCPU_MAX * task.percentCpu() >> 11);
        retire(of(task), false);
    }

    /** Lag does not cross: every task starts at the average. */
    @Override
    public void importTask(Task task, TaskRecord record) {
        Entity entity = of(task);
        entity.fresh = false;
        if (record.state == TaskState.LSONPROC && isFair(task)) {
            startOn(entity, fair[task.cpu().id()]);
        }
    }

    @Override
    public CpuState selectCpu(Task task) {
        return choice.select(task);
    }

    @Override
    public Task steal(CpuState idle) {
        Task task = choice.steal(idle);
        if (task != null) {
            dequeue(task);
        }
        return task;
    }

    @Override
    public int runnable(CpuState cpu) {
        return realtime[cpu.id()].count() + fair[cpu.id()].count();
    }

    @Override
    public int bestQueuedPriority(CpuState cpu) {
        int best = realtime[cpu.id()].maxPriority();
        for (Entity entity = fair[cpu.id()].head(); entity != null; entity = entity.next) {
            best = Math.max(best, entity.task.effectivePriority());
        }
        return best;
    }

    /** Real-time tasks by priority, then the fair ones in the order they came. */
    @Override
    public void forEachQueued(CpuState cpu, Consumer<Task> visitor) {
        realtime[cpu.id()].forEach(visitor);
        for (Entity entity = fair[cpu.id()].head(); entity != null; entity = entity.next) {
            visitor.accept(entity.task);
        }
    }

    /** Weight that competes for a CPU. */
    long load(CpuState cpu) {
        return fair[cpu.id()].weightSum() + (long) Weights.NEUTRAL * realtime[cpu.id()].count();
    }

    private static boolean isFair(Task task) {
        return task.schedClass() == SchedClass.OTHER && !task.system()
                && task.inheritedPriority() < Priority.USER_RT && task.protectPriority() < Priority.USER_RT;
    }

    private void enqueueRealtime(Entity entity, boolean preempted) {
        Task task = entity.task;
        boolean turnOver = entity.usedTicks >= host.hz() / RR_HZ;
        if (preempted && !turnOver) {
            realtime[task.cpu().id()].addFirst(task);
        } else {
            entity.usedTicks = 0;
            realtime[task.cpu().id()].addLast(task);
        }
    }

    private Entity of(Task task) {
        if (task.schedulerData() instanceof Entity entity) {
            return entity;
        }
        Entity entity = new Entity(task, weights.of(task.nice()));
        task.setSchedulerData(entity);
        return entity;
    }

    /** Charges the running entity for the time since it was charged last. */
    private void account(FairQueue queue) {
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

    private void run(Entity entity, FairQueue queue) {
        queue.setCurrent(entity);
        entity.served = false;
        entity.accountedNanos = host.nowNanos();
    }

    /** Makes an entity the running one of a queue that does not know of it: after stealing, importing, or waking late. */
    private void startOn(Entity entity, FairQueue queue) {
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

    /** Joins a queue so that the lag is what it was: joining moves the average, so the distance is stretched. */
    private void place(Entity entity, FairQueue queue) {
        long others = queue.weightSum();
        long lag = others == 0 ? 0 : entity.lag * (others + entity.weight) / others;
        entity.virtualNanos = queue.average() - lag;
        long request = entity.virtual(sliceNanos);
        if (entity.unserved >= 0) {
            request = entity.unserved;
        } else if (entity.fresh) {
            request /= 2;
        }
        entity.deadline = entity.virtualNanos + request;
        entity.fresh = false;
        entity.unserved = -1;
        queue.join(entity);
    }

    private void unlink(Entity entity) {
        entity.queue.remove(entity);
        part(entity, true);
    }

    /** Ends the part of a running entity; does nothing to one that takes part nowhere. */
    private void retire(Entity entity, boolean keepRequest) {
        FairQueue queue = entity.queue;
        if (queue == null) {
            return;
        }
        if (queue.current() == entity) {
            queue.setCurrent(null);
        }
        part(entity, keepRequest);
    }

    private void part(Entity entity, boolean keepRequest) {
        FairQueue queue = entity.queue;
        long limit = entity.virtual(Math.max(2 * sliceNanos, 1_000_000_000L / host.hz()));
        entity.lag = Math.clamp(queue.average() - entity.virtualNanos, -limit, limit);
        entity.unserved = keepRequest ? Math.max(0, entity.deadline - entity.virtualNanos) : -1;
        queue.leave(entity);
    }

    private void preemptFor(Entity entity, CpuState cpu) {
        FairQueue queue = fair[cpu.id()];
        Entity running = queue.current();
        if (running != null && queue.best() == entity
                && (!queue.eligible(running) || FairQueue.earlier(entity, running))) {
            host.requestResched(cpu, CpuState.RESCHED_UPREEMPT);
        }
    }
}
