// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import kernel.sched.dispatch.Dispatcher;
import kernel.sched.task.Task;

/**
 * A sleeping task, as {@code sleepq} lists it.
 *
 * @param queue kind of the queue: {@code sleepq}, {@code park}, {@code lock} and so on
 * @param deadlineNanos virtual time at which its timeout wakes it, or null without one
 * @param holder who holds what it waits for, if that is a lock
 */
record SleepRow(long channelAddress, String queue, String message, String lwp, int priority, long sinceNanos,
        Long deadlineNanos, boolean interruptible, String holder) {
    static SleepRow of(Dispatcher dispatcher, Task task) {
        Long deadline = task.wakeAtTick() < 0 ? null : (Long) dispatcher.nanosOfTick(task.wakeAtTick());
        boolean held = task.waitObject() != null && task.waitObject().owner() != null;
        return new SleepRow(task.waitChannel(), task.syncObject().name(), task.waitMessage(), task.label(),
                task.effectivePriority(), task.sleepingSinceNanos(), deadline, task.interruptible(),
                held ? task.waitObject().owner().label() : null);
    }
}
