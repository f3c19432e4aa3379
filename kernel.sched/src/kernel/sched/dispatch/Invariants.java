// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kernel.sched.lock.SpinMutex;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.task.CpuState;
import kernel.sched.task.SyncObject;
import kernel.sched.task.Task;
import kernel.sched.task.TaskQueue;
import kernel.sched.task.TaskState;

/**
 * Rules that must hold after every event: run queues (I6), wait channels (I7), sleep queues (I8) and locks (I11).
 *
 * <p>Which lock protects a task is not stored but follows from its state ({@code Sleep.lockOf}), so it is always the
 * right one; what can go wrong is that one stays held.
 */
public final class Invariants {
    private final Dispatcher dispatcher;
    private final List<String> broken = new ArrayList<>();
    private final List<Task> queued = new ArrayList<>();
    private final Set<Task> members = new HashSet<>();
    /** The sleep queues walked so far, and who is on them: each is walked once, however many sleep there. */
    private final Set<TaskQueue> walked = new HashSet<>();
    private final Map<Task, TaskQueue> sleepers = new HashMap<>();

    private Invariants(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** The violated rules, one sentence each; empty when all hold. Changes nothing; callable at any event. */
    public static List<String> check(Dispatcher dispatcher) {
        Invariants run = new Invariants(dispatcher);
        for (int i = 0; i < dispatcher.cpuCount(); i++) {
            run.checkCpu(dispatcher.cpu(i));
        }
        run.checkQueued();
        dispatcher.forEachTask(run::checkTask);
        return run.broken;
    }

    private void checkCpu(CpuState cpu) {
        Task current = cpu.current();
        if (cpu.idle() && current.state() != TaskState.LSONPROC) {
            broken.add("I6: the idle task of " + cpu + " runs but is " + current.state());
        }
        if (!current.onCpu() || current.cpu() != cpu) {
            broken.add("I6: " + current + " is current on " + cpu + " but is not on it");
        }
        int before = queued.size();
        dispatcher.forEachQueued(cpu, task -> {
            queued.add(task);
            if (!members.add(task)) {
                broken.add("I6: " + task + " is queued twice");
            }
            if (task.cpu() != cpu) {
                broken.add("I6: " + task + " is queued on " + cpu + " but belongs to " + task.cpu());
            }
        });
        int listed = queued.size() - before;
        if (listed != dispatcher.runnable(cpu)) {
            broken.add("I6: " + cpu + " counts " + dispatcher.runnable(cpu) + " queued tasks and shows " + listed);
        }
        checkBest(cpu, before);
    }

    /** The same at a safe point, where no spin mutex is held, because nothing interleaves while one is (I11). */
    public static List<String> checkAtRest(Dispatcher dispatcher) {
        List<String> broken = check(dispatcher);
        Invariants run = new Invariants(dispatcher);
        for (int i = 0; i < dispatcher.cpuCount(); i++) {
            run.checkFree(dispatcher.queueLock(dispatcher.cpu(i)));
            run.checkFree(dispatcher.lwpLock(dispatcher.cpu(i)));
        }
        dispatcher.forEachTask(task -> {
            if (task.sleepQueue() instanceof SleepQueue queue) {
                run.checkFree(queue.lock());
            }
        });
        broken.addAll(run.broken);
        return broken;
    }

    private void checkFree(SpinMutex lock) {
        rule(!lock.held(), "I11: the lock " + lock.name() + " stays held");
    }

    private void checkBest(CpuState cpu, int from) {
        if (dispatcher.slot().active() == null) {
            return;
        }
        int best = 0;
        for (Task task : queued.subList(from, queued.size())) {
            best = Math.max(best, task.effectivePriority());
        }
        int told = dispatcher.port().active().bestQueuedPriority(cpu);
        if (told != best) {
            broken.add("I6: " + cpu + " says its best queued priority is " + told + ", but it is " + best);
        }
    }

    private void checkQueued() {
        for (Task task : queued) {
            if (task.state() != TaskState.LSRUN) {
                broken.add("I6: " + task + " is queued but is " + task.state());
            }
        }
        if (queued.size() != dispatcher.port().queued()) {
            broken.add("I6: " + dispatcher.port().queued() + " tasks are runnable and " + queued.size() + " are queued");
        }
    }

    private void checkTask(Task task) {
        TaskState state = task.state();
        if (state == TaskState.LSRUN && !members.contains(task)) {
            broken.add("I6: " + task + " is LSRUN but on no run queue");
        }
        if (state == TaskState.LSONPROC && task.cpu().current() != task) {
            broken.add("I6: " + task + " is LSONPROC but not current on " + task.cpu());
        }
        boolean waits = task.waitChannel() != 0;
        boolean mayWait = state == TaskState.LSSLEEP || state == TaskState.LSSTOP || state == TaskState.LSSUSPENDED;
        if (state == TaskState.LSSLEEP && !waits || waits && !mayWait) {
            broken.add("I7: " + task + " is " + state + (waits ? " with" : " without") + " a wait channel");
        }
        checkSleep(task, waits);
    }

    private void checkSleep(Task task, boolean waits) {
        boolean wantsQueue = waits && task.syncObject().order() != SyncObject.Order.NULL;
        if (wantsQueue != (task.sleepQueue() != null)) {
            broken.add("I8: " + task + " waits for " + task.syncObject() + (wantsQueue ? " on no queue" : " on a queue"));
        }
        if (task.sleepQueue() == null) {
            return;
        }
        Task next = task.sleepNext;
        walk(task.sleepQueue());
        if (sleepers.get(task) != task.sleepQueue()) {
            broken.add("I8: " + task + " is not a member of its sleep queue");
        }
        if (next != null && next.syncObject().order() == task.syncObject().order()) {
            checkOrder(task, next);
        }
    }

    /** Two neighbours of a queue, for the orders of which the tasks themselves bear witness. */
    private void checkOrder(Task task, Task next) {
        long older = next.sleepingSinceNanos() - task.sleepingSinceNanos();
        switch (task.syncObject().order()) {
            case SORTED -> rule(next.effectivePriority() <= task.effectivePriority(),
                    "I8: " + next + " sleeps behind " + task + " with a better priority");
            case LIFO -> rule(older <= 0, "I8: " + next + " sleeps behind " + task + " although it came later");
            case FIFO -> rule(older >= 0, "I8: " + next + " sleeps behind " + task + " although it came first");
            default -> {
                // The order depends on the generation in which each came.
            }
        }
    }

    private void rule(boolean holds, String text) {
        if (!holds) {
            broken.add(text);
        }
    }

    private void walk(TaskQueue queue) {
        if (walked.add(queue)) {
            queue.forEach(task -> sleepers.put(task, queue));
        }
    }
}
