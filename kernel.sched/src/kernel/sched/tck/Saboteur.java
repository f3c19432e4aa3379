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
        /** Picks a task of another CPU, which may not run here. */
        PICK_FORBIDDEN,
        /** Steals a task that may not run here. */
        STEAL_FORBIDDEN,
        /** Sends a task that gives way where it may not run. */
        PREEMPT_FORBIDDEN,
        /** Loses a task for good. */
        LOSE,
        /** Shows a task twice, and does not run it. */
        DUPLICATE,
        /** Keeps a task queued for good. */
        STARVE,
        /** Throws while it takes over. */
        IMPORT,
        /** Takes one task less than it gets. */
        DROP,
        /** Shows a task twice when it is to give all of them up. */
        SHOW_TWICE,
        /** Says that a task is left when it has given all of them up. */
        MISCOUNT
    }

    private static final int PATIENCE = 1;
    private static final int IMPORTS = 3;

    private final Scheduler honest;
    private final Fault fault;
    private int calls;
    private int imports;
    private SchedulerHost host;
    private Task kept;
    private Task picked;
    /** True once a task was taken out while none was put in, as when all are given up. */
    private boolean givesUp;

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
    public void attach(SchedulerHost core) {
        host = core;
        honest.attach(core);
    }

    private boolean keeps() {
        return fault == Fault.LOSE || fault == Fault.DUPLICATE || fault == Fault.STARVE;
    }

    private int timesShown() {
        return kept == null || fault == Fault.LOSE ? 0 : fault == Fault.DUPLICATE ? 2 : 1;
    }

    @Override
    public void enqueue(Task task, boolean preempted) {
        givesUp = false;
        if (kept == null && keeps() && now(fault)) {
            kept = task;
        }
        boolean dropped = fault == Fault.DROP && ++calls == 2;
        if (task != kept && !dropped) {
            honest.enqueue(task, preempted);
        }
    }

    @Override
    public void dequeue(Task task) {
        givesUp = true;
        if (task != kept) {
            honest.dequeue(task);
        }
    }

    @Override
    public Task pickNext(CpuState cpu) {
        if (picked != null && now(Fault.PICK_RUNNING)) {
            return picked;
        }
        Task elsewhere = fault == Fault.PICK_FORBIDDEN ? forbidden(cpu) : null;
        picked = elsewhere == null ? honest.pickNext(cpu) : elsewhere;
        return picked;
    }

    /** Takes a task out that is queued on another CPU and may not run on this one; null when there is none. */
    private Task forbidden(CpuState here) {
        Task[] found = new Task[1];
        for (int i = 0; i < host.cpuCount(); i++) {
            honest.forEachQueued(host.cpu(i), task -> found[0] = task.allowedOn(here) ? found[0] : task);
        }
        if (found[0] != null) {
            honest.dequeue(found[0]);
        }
        return found[0];
    }

    @Override
    public int runnable(CpuState cpu) {
        int more = kept != null && kept.cpu() == cpu ? timesShown() : 0;
        return honest.runnable(cpu) + (fault == Fault.MISCOUNT && givesUp ? 1 : more);
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
        Task elsewhere = fault == Fault.STEAL_FORBIDDEN ? forbidden(idle) : null;
        return elsewhere == null ? honest.steal(idle) : elsewhere;
    }

    @Override
    public CpuState preempted(Task task) {
        for (int i = 0; fault == Fault.PREEMPT_FORBIDDEN && i < host.cpuCount(); i++) {
            if (!task.allowedOn(host.cpu(i))) {
                return host.cpu(i);
            }
        }
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
        honest.forEachQueued(cpu, fault == Fault.SHOW_TWICE ? visitor.andThen(visitor) : visitor);
        for (int i = 0; i < timesShown() && kept.cpu() == cpu; i++) {
            visitor.accept(kept);
        }
    }
}
