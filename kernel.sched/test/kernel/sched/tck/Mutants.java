// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import kernel.sched.policy.Scheduler;
import kernel.sched.policy.Tunable;
import kernel.sched.task.CpuState;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;

/** Schedulers with one bug each. */
final class Mutants {
    private Mutants() {
    }

    static Map<String, Supplier<Scheduler>> all() {
        Map<String, Supplier<Scheduler>> all = new LinkedHashMap<>();
        queueing(all);
        placing(all);
        deciding(all);
        LifeMutants.addTo(all);
        return all;
    }

    private static void queueing(Map<String, Supplier<Scheduler>> all) {
        all.put("lost wake-up", () -> new Mutant() {
            @Override
            public void enqueue(Task task, boolean preempted) {
                if (preempted || !now()) {
                    super.enqueue(task, preempted);
                }
            }
        });
        all.put("double enqueue", () -> new Mutant() {
            @Override
            public void enqueue(Task task, boolean preempted) {
                super.enqueue(task, preempted);
                if (now()) {
                    super.enqueue(task, preempted);
                }
            }
        });
        all.put("forgotten dequeue", () -> new Mutant() {
            @Override
            public void dequeue(Task task) {
                if (!now()) {
                    super.dequeue(task);
                }
            }
        });
        all.put("picked and still queued", () -> new Mutant() {
            @Override
            public Task pickNext(CpuState cpu) {
                return now() ? queues.get(cpu.id()).peekFirst() : super.pickNext(cpu);
            }
        });
        all.put("count off by one", () -> new Mutant() {
            @Override
            public int runnable(CpuState cpu) {
                int count = super.runnable(cpu);
                return count > 2 ? count - 1 : count;
            }
        });
        all.put("wrong best priority", () -> new Mutant() {
            @Override
            public int bestQueuedPriority(CpuState cpu) {
                Task first = queues.get(cpu.id()).peekFirst();
                return first == null ? 0 : first.effectivePriority();
            }
        });
        all.put("incomplete listing", () -> new Mutant() {
            @Override
            public void forEachQueued(CpuState cpu, Consumer<Task> visitor) {
                queues.get(cpu.id()).stream().limit(5).forEach(visitor);
            }
        });
        all.put("no room for a crowd", () -> new Mutant() {
            @Override
            public void enqueue(Task task, boolean preempted) {
                if (queues.get(task.cpu().id()).size() < 32) {
                    super.enqueue(task, preempted);
                }
            }
        });
    }

    private static void placing(Map<String, Supplier<Scheduler>> all) {
        all.put("ignored affinity", () -> new Mutant() {
            @Override
            public CpuState selectCpu(Task task) {
                return now() ? host.cpu(0) : super.selectCpu(task);
            }
        });
        all.put("ignored processor set", () -> new Mutant() {
            @Override
            public CpuState selectCpu(Task task) {
                boolean anywhere = task.affinity() == null && !host.cpu(0).has(CpuState.OFFLINE);
                return anywhere ? host.cpu(0) : super.selectCpu(task);
            }
        });
        all.put("offline CPU chosen", () -> new Mutant() {
            @Override
            public CpuState selectCpu(Task task) {
                boolean stays = task.cpu().has(CpuState.OFFLINE);
                return stays ? task.cpu() : super.selectCpu(task);
            }
        });
        all.put("ignored affinity in stealing", () -> new Mutant() {
            @Override
            public Task steal(CpuState idle) {
                return Mutants.steal(this, task -> !task.bound());
            }
        });
        all.put("bound task stolen", () -> new Mutant() {
            @Override
            public Task steal(CpuState idle) {
                return Mutants.steal(this, task -> task.allowedOn(idle));
            }
        });
        all.put("preempted to a forbidden CPU", () -> new Mutant() {
            @Override
            public CpuState preempted(Task task) {
                return host.cpu(0);
            }
        });
    }

    private static Task steal(PlainScheduler scheduler, Predicate<Task> may) {
        for (Deque<Task> queue : scheduler.queues) {
            for (Task task : queue) {
                if (may.test(task)) {
                    queue.remove(task);
                    return task;
                }
            }
        }
        return null;
    }

    private static void deciding(Map<String, Supplier<Scheduler>> all) {
        all.put("starvation", () -> new Mutant() {
            @Override
            public void enqueue(Task task, boolean preempted) {
                queues.get(task.cpu().id()).addFirst(task);
            }
        });
        all.put("favourites", () -> new Mutant() {
            @Override
            public Task pickNext(CpuState cpu) {
                Task best = null;
                for (Task task : queues.get(cpu.id())) {
                    best = best == null || task.lid() < best.lid() ? task : best;
                }
                queues.get(cpu.id()).remove(best);
                return best;
            }
        });
        all.put("forgotten preemption", () -> new Mutant() {
            @Override
            public void tick(CpuState cpu, Task running) {
                cpu.setTicks(2);
            }
        });
        all.put("endless slice", () -> new Mutant() {
            @Override
            public void switchedIn(Task task) {
                task.cpu().setTicks(Integer.MAX_VALUE);
            }
        });
        all.put("idle although work waits", () -> new Mutant() {
            @Override
            public Task pickNext(CpuState cpu) {
                return now() ? null : super.pickNext(cpu);
            }
        });
        all.put("real time refused", () -> new Mutant() {
            @Override
            public void enqueue(Task task, boolean preempted) {
                if (task.schedClass() != SchedClass.OTHER) {
                    throw new UnsupportedOperationException("no real time");
                }
                super.enqueue(task, preempted);
            }
        });
        all.put("dice of its own", () -> new Mutant() {
            @Override
            public void enqueue(Task task, boolean preempted) {
                if (ThreadLocalRandom.current().nextBoolean()) {
                    super.enqueue(task, preempted);
                } else {
                    queues.get(task.cpu().id()).addFirst(task);
                }
            }
        });
        all.put("tunable outside of its bounds", () -> new Mutant() {
            @Override
            public List<Tunable> tunables() {
                return List.of(new Tunable("slice", 2, 5, 10, "slice in ticks"));
            }
        });
    }
}
