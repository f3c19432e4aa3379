// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.lock;

import kernel.sched.sleep.Sleep;
import kernel.sched.task.SyncObject;
import kernel.sched.task.Task;
import machine.core.engine.KernelPanic;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Simulated adaptive mutex: a waiter spins while the owner runs on another CPU and sleeps otherwise.
 *
 * <p>Sleepers lend their priority to the owner. A release wakes all of them, and they compete in priority order, as
 * kern_mutex.c does. Entering and leaving are interleave points. At a safe point only a free mutex can be taken.
 */
@ProviderType
public final class Mutex extends OwnedLock {
    /** Makes a free mutex; {@code name} is its wait message. */
    public Mutex(Sleep sleep, String name) {
        super(sleep, name);
    }

    /** Acquires, waiting as long as it takes; panics when the caller holds it already or cannot wait. */
    public void enter() {
        Task self = approach();
        while (owner != null) {
            mustBeAbleToWait(self);
            spinWhileOwnerRuns();
            if (owner != null) {
                block(self);
            }
        }
        owner = self;
        acquired(self);
    }

    /** Acquires only if that takes no waiting; says whether it did. */
    public boolean tryEnter() {
        Task self = touch();
        if (owner != null) {
            return false;
        }
        owner = self;
        acquired(self);
        return true;
    }

    /** Releases; panics when the caller is not the owner. */
    public void exit() {
        Task self = dispatcher.currentTask();
        if (owner != self) {
            throw new KernelPanic("lock rule: task " + self + " releases " + name() + ", which "
                    + (owner == null ? "is free" : owner + " holds"));
        }
        owner = null;
        released(self);
        if (hasWaiters()) {
            Turnstile waiters = turnstile();
            waiters.lock.enterNow();
            waiters.repay();
            waiters.wakeAll(waiters.writers);
            waiters.lock.exit();
        }
        untouch();
    }

    /** True when the current task holds it. */
    public boolean owned() {
        return owner != null && owner == dispatcher.currentTask();
    }

    private void block(Task self) {
        Turnstile waiters = turnstile();
        waiters.lock.enterNow();
        long start = dispatcher.engine().nowNanos();
        waiters.block(waiters.writers, this, SyncObject.MUTEX);
        statistics.blocked(dispatcher.engine().nowNanos() - start);
    }
}
