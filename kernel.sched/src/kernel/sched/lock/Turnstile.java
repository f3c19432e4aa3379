// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.lock;

import kernel.sched.dispatch.Dispatcher;
import kernel.sched.sleep.Sleep;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.task.Lender;
import kernel.sched.task.Priority;
import kernel.sched.task.SyncObject;
import kernel.sched.task.Task;
import kernel.sched.task.WaitObject;

/**
 * Waiters of one kernel lock and the priority they lend to its owner, after kern_turnstile.c 1.32.
 *
 * <p>DEVIATION: the lock keeps its turnstile, made when it first has a waiter, instead of borrowing one from each
 * waiter through a hash; so two locks never contend for one hash bucket.
 */
final class Turnstile extends Lender {
    final SpinMutex lock;
    final SleepQueue readers;
    final SleepQueue writers;

    private final Sleep sleep;
    private final long channel;

    Turnstile(Sleep sleep, String name) {
        Dispatcher dispatcher = sleep.dispatcher();
        this.sleep = sleep;
        this.channel = dispatcher.newAddress();
        lock = new SpinMutex(dispatcher, name);
        readers = new SleepQueue(dispatcher, lock);
        writers = new SleepQueue(dispatcher, lock);
    }

    boolean isEmpty() {
        return readers.isEmpty() && writers.isEmpty();
    }

    /** Sleeps until woken and releases the lock, which is held; lends the priority of the waiter along the chain. */
    void block(SleepQueue queue, WaitObject object, SyncObject kind) {
        Task self = sleep.dispatcher().currentTask();
        int base = self.kernelBase();
        self.setKernelBase(Priority.KTHREAD);
        self.setKernelPriority(true);
        sleep.enqueue(queue, channel, object.name(), kind, false);
        self.setWaitObject(object);
        object.waiterPriorityChanged(self);
        sleep.block(0, false);
        self.setKernelBase(base);
    }

    /** Lends the priority of a waiter to the owner if that is better than what it has. */
    void lendFrom(Task waiter, Task owner) {
        int priority = waiter.effectivePriority();
        if (owner == null || owner == waiter || owner.effectivePriority() >= priority) {
            return;
        }
        Task before = inheritor();
        if (lend(owner, priority)) {
            if (before != null && before != owner) {
                sleep.dispatcher().inherit(before);
            }
            sleep.dispatcher().inherit(owner);
        }
    }

    /** Ends the loan of the former owner, who keeps what other locks lend. */
    void repay() {
        Task borrower = inheritor();
        if (borrower != null) {
            withdraw();
            sleep.dispatcher().inherit(borrower);
        }
    }

    void wakeAll(SleepQueue queue) {
        sleep.wake(queue, channel, Sleep.ALL);
    }

    void wake(Task task) {
        sleep.wake(task);
    }
}
