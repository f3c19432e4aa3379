// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.ule;

import java.util.List;
import java.util.function.Consumer;
import kernel.sched.policy.RunQueue;
import kernel.sched.policy.Scheduler;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.policy.TaskRecord;
import kernel.sched.policy.Tunable;
import kernel.sched.task.CpuState;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * FreeBSD's ULE: tasks that sleep more than they run go first, the others take turns on a calendar (sched_ule.c of
 * 2018, with the queues of 2007).
 *
 * <p>DEVIATION: the statistics clock is the hardclock; recent CPU use is the share that the core keeps; a better
 * priority always asks at the user boundary (preempt_thresh is the core's rule).
 */
@Component(service = Scheduler.class, scope = ServiceScope.PROTOTYPE, property = {
    "kernel.slot=sched",
    "kernel.variant=ule",
    "kernel.description=FreeBSD ULE: interactive tasks first, the others on a calendar queue"
})
public final class Ule implements Scheduler {
    private static final int BATCH_RANGE = Priorities.BATCH_RANGE;
    private static final String INTERACT = "interact";
    private static final String BALANCE = "balance";
    private static final String STEAL = "steal_idle";
    private static final String STEAL_THRESHOLD = "steal_thresh";
    private static final int MOST_LOAD = 1_000_000;
    private static final int SLICE_HZ = 10;
    private static final int MIN_SLICE_DIVISOR = 6;
    private static final int ESTCPU_MAX = 18 * 2048;

    private final Priorities priorities = new Priorities();
    private SchedulerHost host;
    private RunQueue[] realtime;
    private Calendar[] timeshare;
    private Placement placement;
    private Balancer balancer;

    /** Makes a scheduler that serves one kernel. */
    public Ule() {
    }

    @Override
    public void attach(SchedulerHost core) {
        host = core;
        realtime = new RunQueue[core.cpuCount()];
        timeshare = new Calendar[core.cpuCount()];
        for (int i = 0; i < realtime.length; i++) {
            realtime[i] = new RunQueue();
            timeshare[i] = new Calendar();
        }
        placement = new Placement(core, this);
        balancer = new Balancer(core, this, placement);
        balancer.start();
    }

    @Override
    public void enqueue(Task task, boolean preempted) {
        History history = of(task);
        int cpu = task.cpu().id();
        int priority = task.effectivePriority();
        boolean keepsTurn = preempted && !history.sliceOver;
        history.sliceOver = false;
        if (priority < BATCH_RANGE) {
            boolean next = keepsTurn || priority > task.priority();
            history.slot = timeshare[cpu].slotFor(BATCH_RANGE - 1 - priority, BATCH_RANGE, next);
            timeshare[cpu].add(task, history.slot);
        } else if (keepsTurn) {
            // UNCONFIRMED: who is preempted within its slice goes on before its equals.
            realtime[cpu].addFirst(task);
        } else {
            realtime[cpu].addLast(task);
        }
    }

    @Override
    public void dequeue(Task task) {
        History history = of(task);
        if (history.slot < 0) {
            realtime[task.cpu().id()].remove(task);
        } else {
            timeshare[task.cpu().id()].remove(task, history.slot);
            history.slot = -1;
        }
    }

    @Override
    public Task pickNext(CpuState cpu) {
        Task task = realtime[cpu.id()].poll();
        if (task == null) {
            task = timeshare[cpu.id()].first();
            if (task != null) {
                dequeue(task);
            }
        }
        return task;
    }

    @Override
    public void switchedIn(Task task) {
        task.cpu().setTicks(1);
    }

    /** Every tick: the calendar turns, the task is charged, and a used-up slice asks it to give way. */
    @Override
    public void tick(CpuState cpu, Task running) {
        cpu.setTicks(1);
        timeshare[cpu.id()].advance();
        if (cpu.idle() || running.schedClass() == SchedClass.FIFO) {
            return;
        }
        History history = of(running);
        if (running.schedClass() == SchedClass.OTHER) {
            history.ran(1);
            resetPriority(running, history);
        }
        history.usedTicks++;
        // UNCONFIRMED: round robin of the real-time class has the longest slice.
        if (history.shortSlice || history.usedTicks >= sliceTicks(running.schedClass() == SchedClass.RR ? 1 : load(cpu))) {
            history.usedTicks = 0;
            history.shortSlice = false;
            history.sliceOver = true;
            cpu.setFlag(CpuState.SHOULDYIELD);
            host.requestResched(cpu, CpuState.RESCHED_UPREEMPT);
        }
    }

    /** Slice for {@code load} tasks that compete, the running one included. */
    int sliceTicks(int load) {
        int most = host.hz() / SLICE_HZ;
        int least = Math.max(1, most / MIN_SLICE_DIVISOR);
        int others = load - 1;
        if (others <= 1) {
            return most;
        }
        return others >= MIN_SLICE_DIVISOR ? least : Math.max(least, most / others);
    }

    @Override
    public void woken(Task task) {
        History history = of(task);
        history.slept(Math.max(0, host.tick() - task.lastSleepTick()));
        // UNCONFIRMED: a sleep ends the slice; the next begins when the task runs again.
        history.usedTicks = 0;
        resetPriority(task, history);
    }

    @Override
    public void timeout() {
        balancer.timeout();
    }

    /** Once a second the recent share of a CPU changed. */
    @Override
    public void pstats(Task task, boolean batch) {
        if (task.state() != TaskState.LSSLEEP) {
            resetPriority(task, of(task));
        }
    }

    @Override
    public void forked(Task parent, Task child) {
        History history = of(child);
        if (parent != null) {
            history.inherit(of(parent));
            history.shortSlice = true;
            of(parent).ran(1);
        }
    }

    @Override
    public void collected(Task reaper, Task reaped) {
        of(reaper).absorb(of(reaped));
    }

    @Override
    public void processExited(Task parent, Task child) {
        if (parent != null && child != null) {
            of(parent).absorb(of(child));
        }
    }

    @Override
    public void exited(Task task) {
        task.setSchedulerData(null);
    }

    @Override
    public void nice(Task task, int nice) {
        task.setNice(nice);
        resetPriority(task, of(task));
    }

    /** The share of run time in the history becomes the estimate of CPU use. */
    @Override
    public void exportTask(Task task, TaskRecord record) {
        History history = of(task);
        long sum = history.run() + history.sleep();
        record.estcpu = sum == 0 ? 0 : (int) (ESTCPU_MAX * history.run() / sum);
    }

    /** The estimate of CPU use becomes the share of run time in a full history; the priority follows at its next event. */
    @Override
    public void importTask(Task task, TaskRecord record) {
        of(task).assume(Math.clamp(record.estcpu, 0, ESTCPU_MAX), ESTCPU_MAX);
    }

    @Override
    public CpuState selectCpu(Task task) {
        return placement.select(task);
    }

    @Override
    public Task steal(CpuState idle) {
        Task task = placement.steal(idle);
        if (task != null) {
            dequeue(task);
        }
        return task;
    }

    @Override
    public int runnable(CpuState cpu) {
        return realtime[cpu.id()].count() + timeshare[cpu.id()].count();
    }

    /** Tasks that compete for a CPU, the running one included. */
    int load(CpuState cpu) {
        return runnable(cpu) + (cpu.idle() ? 0 : 1);
    }

    @Override
    public int bestQueuedPriority(CpuState cpu) {
        if (realtime[cpu.id()].count() > 0) {
            return realtime[cpu.id()].maxPriority();
        }
        int[] best = new int[1];
        timeshare[cpu.id()].forEach(task -> best[0] = Math.max(best[0], task.effectivePriority()));
        return best[0];
    }

    @Override
    public void forEachQueued(CpuState cpu, Consumer<Task> visitor) {
        realtime[cpu.id()].forEach(visitor);
        timeshare[cpu.id()].forEach(visitor);
    }

    private void resetPriority(Task task, History history) {
        if (task.schedClass() == SchedClass.OTHER && !task.system()) {
            host.changePriority(task, priorities.of(history, task.percentCpu(), task.nice()));
        }
    }

    @Override
    public List<Tunable> tunables() {
        return List.of(
                new Tunable(INTERACT, priorities.threshold(), 0, 2 * History.HALF, "score below which a task is interactive"),
                new Tunable(BALANCE, balancer.on() ? 1 : 0, 0, 1, "1 when the balancer moves tasks each second or so"),
                new Tunable(STEAL, placement.steals() ? 1 : 0, 0, 1, "1 when idle CPUs take tasks of others"),
                new Tunable(STEAL_THRESHOLD, placement.stealThreshold(), 2, MOST_LOAD, "least load of whom they take from"));
    }

    @Override
    public void tune(String name, int value) {
        switch (name) {
            case INTERACT -> priorities.setThreshold(value);
            case BALANCE -> balancer.setOn(value == 1);
            case STEAL -> placement.setSteals(value == 1);
            default -> placement.setStealThreshold(value);
        }
    }

    private History of(Task task) {
        if (task.schedulerData() instanceof History history) {
            return history;
        }
        History history = new History(host.hz());
        task.setSchedulerData(history);
        return history;
    }
}
