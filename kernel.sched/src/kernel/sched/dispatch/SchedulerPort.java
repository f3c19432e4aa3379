// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import java.util.function.Consumer;
import kernel.sched.policy.Scheduler;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;

/**
 * The only way from the core to the active scheduler.
 *
 * <p>Catches what a scheduler throws and checks what it answers; a failure evicts it and the call is made again on
 * its successor. Without a scheduler runnable tasks wait as orphans and nothing is picked.
 */
final class SchedulerPort {
    private final Dispatcher dispatcher;
    private final Orphans orphans = new Orphans();
    private final Eviction eviction;
    private final Decisions decisions = new Decisions();
    private Scheduler active;
    private String variant;
    private int queued;

    SchedulerPort(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
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

    /** The task must be LSRUN already: whoever takes over after a failure collects tasks by state. */
    void enqueue(Task task, boolean preempted) {
        queued++;
        Scheduler scheduler = active;
        if (scheduler == null) {
            orphans.add(task);
            return;
        }
        try {
            scheduler.enqueue(task, preempted);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            eviction.evict("enqueue", e);
        }
    }

    /** After a failure the successor has the task queued, and is asked for it in turn. */
    void dequeue(Task task) {
        while (active != null) {
            try {
                active.dequeue(task);
                queued--;
                return;
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                eviction.evict("dequeue", e);
            }
        }
        queued--;
        orphans.remove(task);
    }

    /** The next task for a CPU, by its own queue or by stealing; null when there is none. */
    Task pickNext(CpuState cpu) {
        while (active != null) {
            Scheduler scheduler = active;
            boolean stealing = false;
            try {
                Task task = scheduler.pickNext(cpu);
                if (task == null) {
                    if (queued == 0) {
                        return null;
                    }
                    stealing = true;
                    task = scheduler.steal(cpu);
                    if (task == null) {
                        return null;
                    }
                }
                String problem = problem(task, cpu);
                if (problem == null) {
                    queued--;
                    decisions.record(cpu, task);
                    return task;
                }
                eviction.evict(stealing ? "steal" : "pickNext", problem);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                eviction.evict(stealing ? "steal" : "pickNext", e);
            }
        }
        return null;
    }

    CpuState selectCpu(Task task) {
        if (task.bound() && task.cpu() != null) {
            return task.cpu();
        }
        while (active != null) {
            try {
                CpuState cpu = active.selectCpu(task);
                if (cpu != null && dispatcher.owns(cpu) && permits(task, cpu)) {
                    return cpu;
                }
                eviction.evict("selectCpu", misplaced(cpu, task));
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                eviction.evict("selectCpu", e);
            }
        }
        return homeOf(task);
    }

    /** Where a task that gives way goes on, or null for where it is. */
    CpuState preempted(Task task) {
        while (active != null) {
            try {
                CpuState cpu = active.preempted(task);
                if (cpu == null || dispatcher.owns(cpu) && permits(task, cpu)) {
                    return cpu;
                }
                eviction.evict("preempted", misplaced(cpu, task));
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                eviction.evict("preempted", e);
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
        try {
            return active == null ? 0 : active.runnable(cpu);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            eviction.evict("runnable", e);
            return 0;
        }
    }

    void tick(CpuState cpu, Task running) {
        if (active != null) {
            try {
                active.tick(cpu, running);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                eviction.evict("tick", e);
            }
        }
    }

    void schedclock(Task running) {
        if (active != null) {
            try {
                active.schedclock(running);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                eviction.evict("schedclock", e);
            }
        }
    }

    void pstats(Task task, boolean batch) {
        if (active != null) {
            try {
                active.pstats(task, batch);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                eviction.evict("pstats", e);
            }
        }
    }

    void slept(Task task) {
        if (active != null) {
            try {
                active.slept(task);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                eviction.evict("slept", e);
            }
        }
    }

    void woken(Task task) {
        if (active != null) {
            try {
                active.woken(task);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                eviction.evict("woken", e);
            }
        }
    }

    void runnable(Task task) {
        if (active != null) {
            try {
                active.runnable(task);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                eviction.evict("runnable", e);
            }
        }
    }

    void switchedIn(Task task) {
        if (active != null) {
            try {
                active.switchedIn(task);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                eviction.evict("switchedIn", e);
            }
        }
    }

    /** Calls that are too rare to deserve a method each. */
    void tell(String callback, Consumer<Scheduler> call) {
        if (active != null) {
            try {
                call.accept(active);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                eviction.evict(callback, e);
            }
        }
    }

    int orphansOf(CpuState cpu) {
        int count = 0;
        for (Task task = orphans.head(); task != null; task = task.runNext) {
            if (task.cpu() == cpu) {
                count++;
            }
        }
        return count;
    }

    void forEachQueued(CpuState cpu, Consumer<Task> visitor) {
        if (active == null) {
            orphans.forEach(task -> {
                if (task.cpu() == cpu) {
                    visitor.accept(task);
                }
            });
        } else {
            tell("forEachQueued", s -> s.forEachQueued(cpu, visitor));
        }
    }

    private static String misplaced(CpuState cpu, Task task) {
        return "it chose " + cpu + " for task " + task + ", which may run on " + allowed(task);
    }

    private static String allowed(Task task) {
        return task.affinity() == null ? "any CPU of processor set " + task.processorSet()
                : task.affinity().toString();
    }

    /** Also any CPU for a task that has none left: its processor set is empty or offline. */
    private boolean permits(Task task, CpuState cpu) {
        return task.allowedOn(cpu) || !dispatcher.processorSets().hasCpuFor(task);
    }

    private String problem(Task task, CpuState cpu) {
        if (task.state() != TaskState.LSRUN) {
            return "task " + task + " is " + task.state() + ", not LSRUN";
        }
        if (!dispatcher.owns(task.cpu())) {
            return "task " + task + " belongs to another kernel";
        }
        if (task.bound() && task.cpu() != cpu) {
            return "task " + task + " is bound to " + task.cpu() + " and was picked for " + cpu;
        }
        if (!permits(task, cpu)) {
            return "task " + task + " may run on " + allowed(task) + " and was picked for " + cpu;
        }
        return null;
    }

    /** Where a task goes when nobody decides: its own CPU, or the first it is allowed on. */
    private CpuState homeOf(Task task) {
        if (task.cpu() != null && task.allowedOn(task.cpu())) {
            return task.cpu();
        }
        for (int i = 0; i < dispatcher.cpuCount(); i++) {
            if (task.allowedOn(dispatcher.cpu(i))) {
                return dispatcher.cpu(i);
            }
        }
        return dispatcher.cpu(0);
    }
}
