// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import kernel.sched.policy.Scheduler;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.policy.TaskRecord;
import kernel.sched.policy.Tunable;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;

/** Schedulers with one bug each, which shows when tasks are made, reaped, stopped or carried over a swap. */
final class LifeMutants {
    private LifeMutants() {
    }

    static void addTo(Map<String, Supplier<Scheduler>> all) {
        living(all);
        crossing(all);
    }

    private static void living(Map<String, Supplier<Scheduler>> all) {
        all.put("every child has another process", () -> new Mutant() {
            @Override
            public void forked(Task parent, Task child) {
                if (parent != null && parent.pid() == child.pid()) {
                    throw new IllegalStateException("a thread");
                }
            }
        });
        all.put("the reaper is of another process", () -> new Mutant() {
            @Override
            public void collected(Task reaper, Task reaped) {
                reaper.setSchedulerData(reaped.schedulerData().toString());
            }
        });
        all.put("every child has a parent that waits", () -> new Mutant() {
            @Override
            public void processExited(Task parent, Task child) {
                parent.setEstcpu(parent.estcpu() + child.estcpu());
            }
        });
        all.put("the dead stay queued", () -> new Mutant() {
            @Override
            public void exited(Task task) {
                queues.get(task.cpu().id()).addLast(task);
            }
        });
        all.put("yielding gains nothing", () -> new Mutant() {
            @Override
            public void enqueue(Task task, boolean preempted) {
                if (!preempted && task == task.cpu().current()) {
                    queues.get(task.cpu().id()).addFirst(task);
                } else {
                    super.enqueue(task, preempted);
                }
            }
        });
        all.put("who was stopped is not expected back", () -> new Mutant() {
            private Task stopped;

            @Override
            public void runnable(Task task) {
                stopped = task.state() == TaskState.LSSTOP || task.state() == TaskState.LSSUSPENDED ? task : null;
            }

            @Override
            public void enqueue(Task task, boolean preempted) {
                if (task != stopped) {
                    super.enqueue(task, preempted);
                }
                stopped = null;
            }
        });
        all.put("a lent priority is worth nothing", () -> new Mutant() {
            @Override
            public Task pickNext(CpuState cpu) {
                Task best = null;
                for (Task task : queues.get(cpu.id())) {
                    best = best == null || task.priority() > best.priority() ? task : best;
                }
                queues.get(cpu.id()).remove(best);
                return best;
            }
        });
        all.put("a number that may not have its least value", () -> new Mutant() {
            private int slice = 2;

            @Override
            public List<Tunable> tunables() {
                return List.of(new Tunable("slice", slice, 0, 10, "slice in ticks"));
            }

            @Override
            public void tune(String name, int value) {
                slice = value;
            }

            @Override
            public void tick(CpuState cpu, Task running) {
                super.tick(cpu, running);
                cpu.setTicks(10 / slice);
            }
        });
    }

    private static void crossing(Map<String, Supplier<Scheduler>> all) {
        List<Deque<Task>> shared = new ArrayList<>();
        all.put("state shared between kernels", () -> new Mutant() {
            @Override
            public void attach(SchedulerHost core) {
                super.attach(core);
                while (shared.size() < core.cpuCount()) {
                    shared.add(new ArrayDeque<>());
                }
                queues.clear();
                queues.addAll(shared);
            }
        });
        all.put("estimate outside of its bounds", () -> new Mutant() {
            @Override
            public void exportTask(Task task, TaskRecord record) {
                record.estcpu = -1;
            }
        });
        all.put("negative slice", () -> new Mutant() {
            @Override
            public void exportTask(Task task, TaskRecord record) {
                record.sliceTicks = -5;
            }
        });
        all.put("lost in the swap", () -> new Mutant() {
            private int imported;

            @Override
            public void importTask(Task task, TaskRecord record) {
                imported++;
            }

            @Override
            public void enqueue(Task task, boolean preempted) {
                if (imported != 3) {
                    super.enqueue(task, preempted);
                }
            }
        });
        all.put("exception while it gives up its tasks", () -> new Mutant() {
            @Override
            public void exportTask(Task task, TaskRecord record) {
                throw new IllegalStateException("no");
            }
        });
        all.put("cannot take over twice", () -> new Mutant() {
            @Override
            public void importTask(Task task, TaskRecord record) {
                if (task.schedulerData() == null && record.estcpu == 0 && now()) {
                    throw new IllegalStateException("a task without a history");
                }
            }
        });
    }
}
