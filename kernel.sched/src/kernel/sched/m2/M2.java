// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.m2;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kernel.sched.policy.CpuQueues;
import kernel.sched.policy.Scheduler;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.policy.TaskRecord;
import kernel.sched.policy.Tunable;
import kernel.sched.task.CpuState;
import kernel.sched.task.Priority;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * NetBSD's M2: dynamic time slices, and priorities that rise with each sleep and fall with each slice used up
 * (sched_m2.c 1.32).
 */
@Component(service = Scheduler.class, scope = ServiceScope.PROTOTYPE, property = {
    "kernel.slot=sched",
    "kernel.variant=m2",
    "kernel.description=NetBSD M2: dynamic time slices, interactive tasks rise and hogs sink"
})
public final class M2 implements Scheduler {
    private static final String MIN_SLICE = "mints";
    private static final String MAX_SLICE = "maxts";
    private static final int NEUTRAL = 20;
    private static final int ESTCPU_UNIT = 2048;
    private static final int ESTCPU_STEPS = 18;

    private SchedulerHost host;
    private CpuQueues queues;
    private SliceTable slices;

    /** Makes a scheduler that serves one kernel. */
    public M2() {
    }

    @Override
    public void attach(SchedulerHost core) {
        if (core.hz() < 100) {
            throw new IllegalStateException("m2 needs a clock of at least 100 Hz, not " + core.hz());
        }
        host = core;
        slices = new SliceTable(core.hz());
        queues = new CpuQueues(core, slices.realtimeTicks());
    }

    /** Queues the task with a new slice. */
    @Override
    public void enqueue(Task task, boolean preempted) {
        task.setSliceTicks(sliceOf(task));
        queues.enqueue(task, preempted);
    }

    @Override
    public void dequeue(Task task) {
        queues.dequeue(task);
    }

    @Override
    public Task pickNext(CpuState cpu) {
        return queues.pickNext(cpu);
    }

    @Override
    public int runnable(CpuState cpu) {
        return queues.of(cpu).count();
    }

    @Override
    public int bestQueuedPriority(CpuState cpu) {
        return queues.of(cpu).maxPriority();
    }

    @Override
    public CpuState selectCpu(Task task) {
        return queues.selectCpu(task);
    }

    @Override
    public Task steal(CpuState idle) {
        return queues.steal(idle);
    }

    @Override
    public CpuState preempted(Task task) {
        return queues.preempted(task);
    }

    @Override
    public void timeout() {
        queues.timeout();
    }

    @Override
    public List<Tunable> tunables() {
        List<Tunable> list = new ArrayList<>(queues.tunables());
        int second = 1000;
        list.add(Tunable.fixed("rtts", slices.millis(slices.realtimeTicks()), "quantum of round robin, in ms"));
        list.add(new Tunable(MIN_SLICE, slices.millis(slices.minTicks()), 1, second, "shortest time slice, in ms"));
        list.add(new Tunable(MAX_SLICE, slices.millis(slices.maxTicks()), 1, second, "longest time slice, in ms"));
        return list;
    }

    @Override
    public void tune(String name, int value) {
        switch (name) {
            case MIN_SLICE -> slices.setMin(value);
            case MAX_SLICE -> slices.setMax(value);
            default -> queues.tune(name, value);
        }
    }

    @Override
    public void forEachQueued(CpuState cpu, Consumer<Task> visitor) {
        queues.forEachQueued(cpu, visitor);
    }

    @Override
    public void forked(Task parent, Task child) {
        child.setSliceTicks(sliceOf(child));
    }

    @Override
    public void switchedIn(Task task) {
        task.cpu().setTicks(task.sliceTicks());
    }

    @Override
    public void slept(Task task) {
        int priority = task.priority();
        if (task.schedClass() != SchedClass.OTHER || task.batch() || priority >= Priority.USER_MAX) {
            return;
        }
        int bonus = task.nice() < NEUTRAL ? Math.max(NEUTRAL - task.nice() >> 2, 1) : 1;
        host.changePriority(task, Math.min(priority + bonus, Priority.USER_MAX));
    }

    @Override
    public void woken(Task task) {
        if (task.sleepSeconds() >= 1) {
            host.changePriority(task, SliceTable.high(task.priority()));
        }
    }

    @Override
    public void pstats(Task task, boolean batch) {
        if (task.schedClass() != SchedClass.OTHER) {
            return;
        }
        int priority = task.priority();
        if (batch && priority > 0) {
            priority--;
        }
        boolean starved = task.state() == TaskState.LSRUN && task.lastRunTick() != 0
                && host.tick() - task.lastRunTick() >= host.hz();
        host.changePriority(task, starved ? SliceTable.high(priority) : priority);
    }

    @Override
    public void tick(CpuState cpu, Task running) {
        switch (running.schedClass()) {
            case SchedClass.FIFO -> {
                cpu.setTicks(slices.realtimeTicks());
                return;
            }
            case SchedClass.OTHER -> host.changePriority(running, sunk(running));
            default -> {
            }
        }
        if (running.effectivePriority() <= queues.of(cpu).maxPriority() || running.targetCpu() != null) {
            cpu.setFlag(CpuState.SHOULDYIELD);
            host.requestResched(cpu, CpuState.RESCHED_UPREEMPT);
        } else {
            cpu.setTicks(sliceOf(running));
        }
    }

    @Override
    public void nice(Task task, int nice) {
        task.setNice(nice);
        int shift = nice - NEUTRAL >> 2;
        if (shift != 0 && task.schedClass() == SchedClass.OTHER) {
            host.changePriority(task, Math.clamp(task.priority() - shift, 0, Priority.USER_MAX));
        }
    }

    /** This scheduler keeps no estimate; the record gets the one that stands for the priority. */
    @Override
    public void exportTask(Task task, TaskRecord record) {
        if (task.schedClass() == SchedClass.OTHER) {
            int steps = Priority.USER_MAX - task.nice() - task.priority();
            record.estcpu = Math.clamp(steps, 0, ESTCPU_STEPS) * ESTCPU_UNIT;
        }
    }

    @Override
    public void importTask(Task task, TaskRecord record) {
        task.setSliceTicks(sliceOf(task));
    }

    private static int sunk(Task task) {
        int penalty = task.nice() > NEUTRAL ? Math.max(task.nice() - NEUTRAL >> 2, 1) : 1;
        return Math.max(task.priority() - penalty, 0);
    }

    private int sliceOf(Task task) {
        return task.schedClass() == SchedClass.OTHER ? slices.ticks(task.priority()) : slices.realtimeTicks();
    }
}
