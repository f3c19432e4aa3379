// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import java.util.function.Consumer;
import kernel.sched.policy.Scheduler;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import machine.core.watchdog.CallbackWatch;
import machine.core.watchdog.Guard;

/**
 * The only way from the core to the active scheduler.
 *
 * <p>Catches what a scheduler throws, lets the host watchdog see which callback it is in, and checks what it answers; a
 * failure evicts it and the call is made again on its successor. Without a scheduler runnable tasks wait as orphans and
 * nothing is picked. None of its methods is inlined, not even into each other, so a frequent one calls no other.
 */
@Guard
final class SchedulerPort {
    /** The callbacks that take one task and answer nothing. */
    enum Notice {
        SCHEDCLOCK("schedclock"), SLEPT("slept"), WOKEN("woken"), RUNNABLE("runnable"), SWITCHED_IN("switchedIn");

        private final String callback;

        Notice(String callback) {
            this.callback = callback;
        }
    }

    private final AnswerRules rules;
    private final CallbackWatch watch;
    private final Orphans orphans = new Orphans();
    private final Eviction eviction;
    private final Decisions decisions = new Decisions();
    private Scheduler active;
    private String variant;
    private int queued;

    SchedulerPort(Dispatcher dispatcher) {
        this.rules = new AnswerRules(dispatcher);
        this.watch = dispatcher.engine().watch();
        this.eviction = new Eviction(dispatcher, this);
    }

    Scheduler active() {
        return active;
    }

    String variant() {
        return variant;
    }

    Orphans orphans() {
        return orphans;
    }

    Eviction eviction() {
        return eviction;
    }

    Decisions decisions() {
        return decisions;
    }

    /** Number of LSRUN tasks in the custody of the scheduler or the orphan list. */
    int queued() {
        return queued;
    }

    void install(Scheduler scheduler, String name) {
        active = scheduler;
        variant = name;
    }

    /** Says how many tasks are queued after a swap moved them. */
    void setQueued(int count) {
        queued = count;
    }

    /** A callback threw: whoever did is evicted, unless a call inside it has done that already. */
    private void failed(Scheduler scheduler, String callback, String outer, Throwable failure) {
        boolean overdue = watch.recover(outer);
        if (failure instanceof VirtualMachineError broken && !(failure instanceof StackOverflowError)) {
            throw broken;
        }
        if (active == scheduler) {
            eviction.evict(overdue ? EvictionReport.Kind.OVERDUE : EvictionReport.Kind.THROW, callback, failure);
        }
    }

    /** The task must be LSRUN already: whoever takes over after a failure collects tasks by state. */
    void enqueue(Task task, boolean preempted) {
        queued++;
        Scheduler scheduler = active;
        if (scheduler == null) {
            orphans.add(task);
            return;
        }
        String outer = watch.enter("enqueue");
        try {
            scheduler.enqueue(task, preempted);
            watch.exit(outer);
        } catch (Throwable e) {
            failed(scheduler, "enqueue", outer, e);
        }
    }

    /** After a failure the successor has the task queued, and is asked for it in turn. */
    void dequeue(Task task) {
        while (active != null) {
            Scheduler scheduler = active;
            String outer = watch.enter("dequeue");
            try {
                scheduler.dequeue(task);
                watch.exit(outer);
                queued--;
                return;
            } catch (Throwable e) {
                failed(scheduler, "dequeue", outer, e);
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
            String outer = watch.enter(callback);
            try {
                Task task = scheduler.pickNext(cpu);
                if (task == null && queued != 0) {
                    callback = "steal";
                    task = scheduler.steal(cpu);
                }
                watch.exit(outer);
                String problem = task == null ? null : rules.problem(task, cpu);
                if (problem == null) {
                    if (task != null) {
                        queued--;
                        decisions.record(cpu, task);
                    }
                    return task;
                }
                eviction.evict(EvictionReport.Kind.RULE, callback, problem);
            } catch (Throwable e) {
                failed(scheduler, callback, outer, e);
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
            String outer = watch.enter("selectCpu");
            try {
                CpuState cpu = scheduler.selectCpu(task);
                watch.exit(outer);
                if (rules.permits(task, cpu)) {
                    return cpu;
                }
                eviction.evict(EvictionReport.Kind.RULE, "selectCpu", rules.misplaced(cpu, task));
            } catch (Throwable e) {
                failed(scheduler, "selectCpu", outer, e);
            }
        }
        return rules.homeOf(task);
    }

    /** Where a task that gives way goes on, or null for where it is. */
    CpuState preempted(Task task) {
        while (active != null) {
            Scheduler scheduler = active;
            String outer = watch.enter("preempted");
            try {
                CpuState cpu = scheduler.preempted(task);
                watch.exit(outer);
                if (cpu == null || rules.permits(task, cpu)) {
                    return cpu;
                }
                eviction.evict(EvictionReport.Kind.RULE, "preempted", rules.misplaced(cpu, task));
            } catch (Throwable e) {
                failed(scheduler, "preempted", outer, e);
            }
        }
        return null;
    }

    /** Sets a number of the active scheduler, which may refuse it. */
    void tune(String name, int value) {
        IllegalArgumentException[] refused = new IllegalArgumentException[1];
        tell("tune", s -> {
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
        String outer = watch.enter("runnable");
        try {
            int count = scheduler.runnable(cpu);
            watch.exit(outer);
            return count;
        } catch (Throwable e) {
            failed(scheduler, "runnable", outer, e);
            return 0;
        }
    }

    void tick(CpuState cpu, Task running) {
        Scheduler scheduler = active;
        if (scheduler != null) {
            String outer = watch.enter("tick");
            try {
                scheduler.tick(cpu, running);
                watch.exit(outer);
            } catch (Throwable e) {
                failed(scheduler, "tick", outer, e);
            }
        }
    }

    void pstats(Task task, boolean batch) {
        Scheduler scheduler = active;
        if (scheduler != null) {
            String outer = watch.enter("pstats");
            try {
                scheduler.pstats(task, batch);
                watch.exit(outer);
            } catch (Throwable e) {
                failed(scheduler, "pstats", outer, e);
            }
        }
    }

    /** Calls a callback that takes one task and answers nothing. */
    void notice(Notice what, Task task) {
        Scheduler scheduler = active;
        if (scheduler == null) {
            return;
        }
        String outer = watch.enter(what.callback);
        try {
            switch (what) {
                case SCHEDCLOCK -> scheduler.schedclock(task);
                case SLEPT -> scheduler.slept(task);
                case WOKEN -> scheduler.woken(task);
                case RUNNABLE -> scheduler.runnable(task);
                case SWITCHED_IN -> scheduler.switchedIn(task);
            }
            watch.exit(outer);
        } catch (Throwable e) {
            failed(scheduler, what.callback, outer, e);
        }
    }

    /** Calls that are too rare to deserve a method each. */
    void tell(String callback, Consumer<Scheduler> call) {
        Scheduler scheduler = active;
        if (scheduler != null) {
            String outer = watch.enter(callback);
            try {
                call.accept(scheduler);
                watch.exit(outer);
            } catch (Throwable e) {
                failed(scheduler, callback, outer, e);
            }
        }
    }

    /**
     * A call of a swap: what it throws makes the swap fail instead of evicting anybody.
     *
     * @throws IllegalStateException if the watchdog interrupted it
     */
    void swapping(String callback, Runnable call) {
        String outer = watch.enter(callback);
        try {
            call.run();
            watch.exit(outer);
        } catch (Throwable e) {
            if (watch.recover(outer)) {
                throw new IllegalStateException(callback + " did not come back within the time of the host watchdog", e);
            }
            throw e;
        }
    }

    void forEachQueued(CpuState cpu, Consumer<Task> visitor) {
        if (active == null) {
            orphans.forEachOn(cpu, visitor);
        } else {
            tell("forEachQueued", s -> s.forEachQueued(cpu, visitor));
        }
    }
}
