// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import java.util.List;
import java.util.function.Consumer;
import kernel.sched.policy.Scheduler;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.policy.TaskRecord;
import kernel.sched.policy.Tunable;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;

/** Does what another scheduler says, until it commits a fault of its own. */
final class Saboteur implements Scheduler {
    /** What it does wrong. */
    enum Fault {
        /** Throws in {@code tick}. */
        TICK,
        /** Throws when a task falls asleep. */
        SLEEP,
        /** Calls itself until the stack is full. */
        RECURSION,
        /** Chooses no CPU at all. */
        NO_CPU,
        /** Picks a task that runs already. */
        PICK_RUNNING,
        /** Loses a task for good. */
        LOSE,
        /** Throws while it takes over. */
        IMPORT
    }

    private static final int PATIENCE = 1;
    private static final int IMPORTS = 3;

    private final Scheduler honest;
    private final Fault fault;
    private int calls;
    private int imports;
    private Task lost;
    private Task picked;

    Saboteur(Scheduler honest, Fault fault) {
        this.honest = honest;
        this.fault = fault;
    }

    private boolean now(Fault asked) {
        return fault == asked && ++calls > PATIENCE;
    }

    private int recurse(int depth) {
        return recurse(depth + 1) + 1;
    }

    @Override
    public void attach(SchedulerHost host) {
        honest.attach(host);
    }

    @Override
    public void enqueue(Task task, boolean preempted) {
        if (lost == null && now(Fault.LOSE)) {
            lost = task;
        }
        if (task != lost) {
            honest.enqueue(task, preempted);
        }
    }

    @Override
    public void dequeue(Task task) {
        if (task != lost) {
            honest.dequeue(task);
        }
    }

    @Override
    public Task pickNext(CpuState cpu) {
        if (picked != null && now(Fault.PICK_RUNNING)) {
            return picked;
        }
        picked = honest.pickNext(cpu);
        return picked;
    }

    @Override
    public int runnable(CpuState cpu) {
        return honest.runnable(cpu);
    }

    @Override
    public int bestQueuedPriority(CpuState cpu) {
        return honest.bestQueuedPriority(cpu);
    }

    @Override
    public CpuState selectCpu(Task task) {
        return now(Fault.NO_CPU) ? null : honest.selectCpu(task);
    }

    @Override
    public Task steal(CpuState idle) {
        return honest.steal(idle);
    }

    @Override
    public CpuState preempted(Task task) {
        return honest.preempted(task);
    }

    @Override
    public void tick(CpuState cpu, Task running) {
        if (now(Fault.TICK)) {
            throw new IllegalStateException("sabotage in tick");
        }
        honest.tick(cpu, running);
    }

    @Override
    public void schedclock(Task running) {
        honest.schedclock(running);
    }

    @Override
    public void pstats(Task task, boolean batch) {
        honest.pstats(task, batch);
    }

    @Override
    public void timeout() {
        honest.timeout();
    }

    @Override
    public void slept(Task task) {
        if (now(Fault.SLEEP)) {
            throw new IllegalStateException("sabotage in slept");
        }
        if (now(Fault.RECURSION)) {
            calls += recurse(0);
        }
        honest.slept(task);
    }

    @Override
    public void woken(Task task) {
        honest.woken(task);
    }

    @Override
    public void runnable(Task task) {
        honest.runnable(task);
    }

    @Override
    public void switchedIn(Task task) {
        honest.switchedIn(task);
    }

    @Override
    public void forked(Task parent, Task child) {
        honest.forked(parent, child);
    }

    @Override
    public void collected(Task reaper, Task reaped) {
        honest.collected(reaper, reaped);
    }

    @Override
    public void processExited(Task parent, Task child) {
        honest.processExited(parent, child);
    }

    @Override
    public void exited(Task task) {
        honest.exited(task);
    }

    @Override
    public void nice(Task task, int nice) {
        honest.nice(task, nice);
    }

    @Override
    public void exportTask(Task task, TaskRecord record) {
        honest.exportTask(task, record);
    }

    @Override
    public void importTask(Task task, TaskRecord record) {
        if (fault == Fault.IMPORT && ++imports >= IMPORTS) {
            throw new IllegalStateException("sabotage in importTask");
        }
        honest.importTask(task, record);
    }

    @Override
    public List<Tunable> tunables() {
        return honest.tunables();
    }

    @Override
    public void tune(String name, int value) {
        honest.tune(name, value);
    }

    @Override
    public void forEachQueued(CpuState cpu, Consumer<Task> visitor) {
        honest.forEachQueued(cpu, visitor);
    }
}
