// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import machine.core.watchdog.EvictionReport;

/**
 * Looks once a second of virtual time for tasks that the scheduler lost, holds twice, or starves.
 *
 * <p>Waiting long is no fault by itself: a worse task may wait for ever behind a better one. It is one when the task's
 * own CPU is idle or runs something worse, and the wait exceeds five seconds and a turn for each task that is queued.
 */
final class Watchdog {
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final long TURN_NANOS = 100_000_000L;

    private final Dispatcher dispatcher;
    private final AwakeTasks tasks;
    private int seen;

    Watchdog(Dispatcher dispatcher, AwakeTasks tasks) {
        this.dispatcher = dispatcher;
        this.tasks = tasks;
    }

    /** Evicts the scheduler when it finds one; the successor is looked at a second later. */
    void look() {
        long now = dispatcher.engine().nowNanos();
        for (Task task = tasks.first(); task != null; task = task.awakeNext) {
            if (dispatcher.port().active() == null) {
                return;
            }
            long waited = now - task.accounting().stampNanos();
            if (task.state() == TaskState.LSRUN && waited > PATIENCE_NANOS && evictedFor(task, waited)) {
                return;
            }
        }
    }

    private boolean evictedFor(Task task, long waited) {
        int times = timesQueued(task);
        String who = "task " + task + " waited " + waited / 1_000_000 + " ms";
        if (times != 1) {
            EvictionReport.Kind kind = times == 0 ? EvictionReport.Kind.LOST : EvictionReport.Kind.DUPLICATE;
            evict(kind, who + " and is on " + times + " run queues");
            return true;
        }
        CpuState cpu = task.cpu();
        boolean passedOver = cpu.idle() || worse(cpu.current(), task);
        if (passedOver && waited > PATIENCE_NANOS + TURN_NANOS * dispatcher.port().queued()) {
            evict(EvictionReport.Kind.STARVED, who + " while " + cpu + " "
                    + (cpu.idle() ? "is idle" : "runs " + cpu.current() + ", which is worse"));
            return true;
        }
        return false;
    }

    /**
     * Whether a task runs that by all measures should wait for the other one.
     *
     * <p>The boost of whoever comes out of a sleep does not count, and neither does a better priority of a task that is nicer:
     * to schedulers that share by weight neither means anything, and the share of the nicest among many comes once a minute.
     */
    private static boolean worse(Task running, Task waiting) {
        int base = Math.max(waiting.priority(), Math.max(waiting.inheritedPriority(), waiting.protectPriority()));
        return running.effectivePriority() < base && running.nice() >= waiting.nice();
    }

    private int timesQueued(Task task) {
        seen = 0;
        for (int i = 0; i < dispatcher.cpuCount(); i++) {
            dispatcher.port().forEachQueued(dispatcher.cpu(i), queued -> seen += queued == task ? 1 : 0);
        }
        return seen;
    }

    private void evict(EvictionReport.Kind kind, String problem) {
        dispatcher.port().guard().evict(kind, "pickNext", problem);
        dispatcher.resched().pokeAll();
    }
}
