// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import java.util.function.Consumer;
import kernel.sched.policy.Scheduler;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import machine.core.slot.GuardedPort;
import machine.core.slot.SlotGuard;
import machine.core.watchdog.EvictionReport;
import machine.core.watchdog.Guard;

/**
 * The only way from the core to the active scheduler.
 *
 * <p>Catches what a scheduler throws, lets the host watchdog see which callback it is in, and checks what it answers; a
 * failure evicts it and the call is made again on its successor. Without a scheduler runnable tasks wait as orphans and
 * nothing is picked. None of its methods is inlined, not even into each other, so a frequent one calls no other.
 */
@Guard
final class SchedulerPort extends GuardedPort<Scheduler> {
    /** The callbacks that take one task and answer nothing. */
    enum Notice {
        SCHEDCLOCK("schedclock"), SLEPT("slept"), WOKEN("woken"), RUNNABLE("runnable"), SWITCHED_IN("switchedIn");

        private final String callback;

        Notice(String callback) {
            this.callback = callback;
        }
    }

    private final AnswerRules rules;
    private final SlotGuard guard;
    private final Orphans orphans = new Orphans();
    private Scheduler active;
    private int queued;

    SchedulerPort(Dispatcher dispatcher) {
        this.rules = new AnswerRules(dispatcher);
        this.guard = new SlotGuard(dispatcher.engine(), "sched", "scheduler", "kernel.sched.fourbsd",
                (callback, pid, lid) -> pid + "." + lid, new SchedSuccession(dispatcher, this));
    }

    Scheduler active() {
        return active;
    }

    Orphans orphans() {
        return orphans;
    }

    @Override
    protected SlotGuard guard() {
        return guard;
    }

    @Override
    protected Scheduler called() {
        return active;
    }

    /** Number of LSRUN tasks in the custody of the scheduler or the orphan list. */
    int queued() {
        return queued;
    }

    void install(Scheduler scheduler) {
        active = scheduler;
    }

    /** Says how many tasks are queued after a swap moved them. */
    void setQueued(int count) {
        queued = count;
    }

    /** The task must be LSRUN already: whoever takes over after a failure collects tasks by state. */
    void enqueue(Task task, boolean preempted) {
        queued++;
        Scheduler scheduler = active;
        if (scheduler == null) {
            orphans.add(task);
            return;
        }
        int outer = guard.enter();
        try {
            scheduler.enqueue(task, preempted);
            guard.exit(outer);
        } catch (Throwable e) {
            guard.threw("enqueue", outer, e, active == scheduler);
        }
    }

    /** After a failure the successor has the task queued, and is asked for it in turn. */
    void dequeue(Task task) {
        while (active != null) {
            Scheduler scheduler = active;
            int outer = guard.enter();
            try {
                scheduler.dequeue(task);
                guard.exit(outer);
                queued--;
                return;
            } catch (Throwable e) {
                guard.threw("dequeue", outer, e, active == scheduler);
            }
        }
        queued--;
        orphans.remove(task);
    }

    /** The next task for a CPU, by its own queue or by stealing; null when there is none. */
    Task pickNext(CpuState cpu) {
        while (active != null) {
            Scheduler scheduler = active;
            String callback = "pickNext";
            int outer = guard.enter();
            try {
                Task task = scheduler.pickNext(cpu);
                if (task == null && queued != 0) {
                    callback = "steal";
                    task = scheduler.steal(cpu);
                }
                guard.exit(outer);
                String problem = task == null ? null : rules.problem(task, cpu);
                if (problem == null) {
                    if (task != null) {
                        queued--;
                        guard.decisions().record(callback, task.pid(), task.lid());
                    }
                    return task;
                }
                guard.evict(EvictionReport.Kind.RULE, callback, problem);
            } catch (Throwable e) {
                guard.threw(callback, outer, e, active == scheduler);
            }
        }
        return null;
    }

    CpuState selectCpu(Task task) {
        if (task.bound() && task.cpu() != null) {
            return task.cpu();
        }
        while (active != null) {
            Scheduler scheduler = active;
            int outer = guard.enter();
            try {
                CpuState cpu = scheduler.selectCpu(task);
                guard.exit(outer);
                if (rules.permits(task, cpu)) {
                    return cpu;
                }
                guard.evict(EvictionReport.Kind.RULE, "selectCpu", rules.misplaced(cpu, task));
            } catch (Throwable e) {
                guard.threw("selectCpu", outer, e, active == scheduler);
            }
        }
        return rules.homeOf(task);
    }

    /** Where a task that gives way goes on, or null for where it is. */
    CpuState preempted(Task task) {
        while (active != null) {
            Scheduler scheduler = active;
            int outer = guard.enter();
            try {
                CpuState cpu = scheduler.preempted(task);
                guard.exit(outer);
                if (cpu == null || rules.permits(task, cpu)) {
                    return cpu;
                }
                guard.evict(EvictionReport.Kind.RULE, "preempted", rules.misplaced(cpu, task));
            } catch (Throwable e) {
                guard.threw("preempted", outer, e, active == scheduler);
            }
        }
        return null;
    }

    /** Sets a number of the active scheduler, which may refuse it. */
    void tune(String name, int value) {
        IllegalArgumentException[] refused = new IllegalArgumentException[1];
        tellOnce("tune", s -> {
            try {
                s.tune(name, value);
            } catch (IllegalArgumentException e) {
                refused[0] = e;
            }
        });
        if (refused[0] != null) {
            throw refused[0];
        }
    }

    int runnable(CpuState cpu) {
        Scheduler scheduler = active;
        if (scheduler == null) {
            return 0;
        }
        int outer = guard.enter();
        try {
            int count = scheduler.runnable(cpu);
            guard.exit(outer);
            return count;
        } catch (Throwable e) {
            guard.threw("runnable", outer, e, active == scheduler);
            return 0;
        }
    }

    void tick(CpuState cpu, Task running) {
        Scheduler scheduler = active;
        if (scheduler != null) {
            int outer = guard.enter();
            try {
                scheduler.tick(cpu, running);
                guard.exit(outer);
            } catch (Throwable e) {
                guard.threw("tick", outer, e, active == scheduler);
            }
        }
    }

    void pstats(Task task, boolean batch) {
        Scheduler scheduler = active;
        if (scheduler != null) {
            int outer = guard.enter();
            try {
                scheduler.pstats(task, batch);
                guard.exit(outer);
            } catch (Throwable e) {
                guard.threw("pstats", outer, e, active == scheduler);
            }
        }
    }

    /** Calls a callback that takes one task and answers nothing. */
    void notice(Notice what, Task task) {
        Scheduler scheduler = active;
        if (scheduler == null) {
            return;
        }
        int outer = guard.enter();
        try {
            switch (what) {
                case SCHEDCLOCK -> scheduler.schedclock(task);
                case SLEPT -> scheduler.slept(task);
                case WOKEN -> scheduler.woken(task);
                case RUNNABLE -> scheduler.runnable(task);
                case SWITCHED_IN -> scheduler.switchedIn(task);
            }
            guard.exit(outer);
        } catch (Throwable e) {
            guard.threw(what.callback, outer, e, active == scheduler);
        }
    }

    /** Calls that are too rare to deserve a method each. */
    void inform(String callback, Consumer<Scheduler> call) {
        tellOnce(callback, call);
    }

    void forEachQueued(CpuState cpu, Consumer<Task> visitor) {
        if (active == null) {
            orphans.forEachOn(cpu, visitor);
        } else {
            tellOnce("forEachQueued", s -> s.forEachQueued(cpu, visitor));
        }
    }
}
