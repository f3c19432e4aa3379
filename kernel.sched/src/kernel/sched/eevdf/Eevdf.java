// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.eevdf;

import java.util.List;
import java.util.function.Consumer;
import kernel.sched.policy.Scheduler;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.policy.TaskRecord;
import kernel.sched.policy.Tunable;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Earliest eligible virtual deadline first, as in Linux 6.6 and later, from its description.
 *
 * <p>DEVIATION: kernel boosts of BSD have no effect on fair tasks. Real-time and kernel tasks go first, by priority.
 */
@Component(service = Scheduler.class, scope = ServiceScope.PROTOTYPE, property = {
    "kernel.slot=sched",
    "kernel.variant=eevdf",
    "kernel.description=Linux EEVDF: fair by weight, the earliest virtual deadline first"
})
public final class Eevdf implements Scheduler {
    private static final int ESTCPU_MAX = 18 * 2048;
    private static final String BALANCE = "balance";

    private final Weights weights = new Weights();
    private SchedulerHost host;
    private FairClass fair;
    private RealtimeClass realtime;
    private CpuChoice choice;
    private Balancer balancer;

    /** Makes a scheduler that serves one kernel. */
    public Eevdf() {
    }

    @Override
    public void attach(SchedulerHost core) {
        host = core;
        fair = new FairClass(core);
        realtime = new RealtimeClass(core);
        choice = new CpuChoice(core, this);
        balancer = new Balancer(core, this, choice);
        balancer.start();
    }

    @Override
    public void enqueue(Task task, boolean preempted) {
        Entity entity = of(task);
        if (RealtimeClass.has(task)) {
            fair.retire(entity, false);
            realtime.enqueue(entity, preempted);
        } else {
            fair.enqueue(entity, preempted);
        }
    }

    @Override
    public void dequeue(Task task) {
        if (task.runLevel >= 0) {
            realtime.remove(task);
        } else {
            fair.dequeue(of(task), task.cpu());
        }
    }

    @Override
    public Task pickNext(CpuState cpu) {
        fair.leave(cpu);
        Task urgent = realtime.poll(cpu.id());
        if (urgent != null) {
            return urgent;
        }
        Entity entity = fair.pick(cpu);
        return entity == null ? null : entity.task;
    }

    @Override
    public void switchedIn(Task task) {
        task.cpu().setTicks(1);
        if (!RealtimeClass.has(task)) {
            fair.startOn(of(task), fair.of(task.cpu()));
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
        boolean over;
        if (RealtimeClass.has(running)) {
            over = realtime.turnEnds(entity);
        } else {
            FairQueue queue = fair.of(cpu);
            fair.startOn(entity, queue);
            fair.account(queue);
            over = entity.served && runnable(cpu) > 0;
        }
        if (over) {
            host.requestResched(cpu, CpuState.RESCHED_UPREEMPT);
        }
    }

    @Override
    public void timeout() {
        balancer.timeout();
    }

    @Override
    public List<Tunable> tunables() {
        return List.of(new Tunable(BALANCE, balancer.on() ? 1 : 0, 0, 1, "1 when the balancer moves tasks"));
    }

    @Override
    public void tune(String name, int value) {
        balancer.setOn(value == 1);
    }

    @Override
    public void slept(Task task) {
        fair.sleep(of(task));
    }

    @Override
    public void forked(Task parent, Task child) {
        of(child);
    }

    @Override
    public void exited(Task task) {
        fair.retire(of(task), false);
        task.setSchedulerData(null);
    }

    @Override
    public void nice(Task task, int nice) {
        task.setNice(nice);
        fair.reweigh(of(task), weights.of(nice));
    }

    /** This scheduler keeps no estimate of CPU use: the recent share of a CPU stands for it. */
    @Override
    public void exportTask(Task task, TaskRecord record) {
        record.estcpu = (int) ((long) ESTCPU_MAX * task.percentCpu() >> 11);
        fair.retire(of(task), false);
    }

    /** Lag does not cross: every task starts at the average. */
    @Override
    public void importTask(Task task, TaskRecord record) {
        Entity entity = of(task);
        entity.fresh = false;
        if (record.state == TaskState.LSONPROC && !RealtimeClass.has(task)) {
            fair.startOn(entity, fair.of(task.cpu()));
        }
    }

    @Override
    public CpuState selectCpu(Task task) {
        return choice.select(task);
    }

    @Override
    public Task steal(CpuState idle) {
        Task task = choice.fromBusiest(idle);
        if (task != null) {
            dequeue(task);
        }
        return task;
    }

    @Override
    public int runnable(CpuState cpu) {
        return realtime.count(cpu.id()) + fair.of(cpu).count();
    }

    @Override
    public int bestQueuedPriority(CpuState cpu) {
        return fair.of(cpu).bestPriority(realtime.bestPriority(cpu.id()));
    }

    /** Real-time tasks by priority, then the fair ones in the order they came. */
    @Override
    public void forEachQueued(CpuState cpu, Consumer<Task> visitor) {
        realtime.forEach(cpu.id(), visitor);
        fair.of(cpu).forEach(visitor);
    }

    /** Weight that competes for a CPU; a real-time task, also the running one, counts as one that is not nice. */
    long load(CpuState cpu) {
        int urgent = realtime.count(cpu.id()) + (!cpu.idle() && RealtimeClass.has(cpu.current()) ? 1 : 0);
        return fair.of(cpu).weightSum() + (long) Weights.NEUTRAL * urgent;
    }

    /** What a task adds to the load of a CPU. */
    int weight(Task task) {
        return RealtimeClass.has(task) ? Weights.NEUTRAL : of(task).weight;
    }

    private Entity of(Task task) {
        if (task.schedulerData() instanceof Entity entity) {
            return entity;
        }
        Entity entity = new Entity(task, weights.of(task.nice()));
        task.setSchedulerData(entity);
        return entity;
    }
}
