// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.lock;

import kernel.sched.sleep.Sleep;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.task.SyncObject;
import kernel.sched.task.Task;
import machine.core.engine.KernelPanic;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Simulated reader-writer lock with direct hand-off, after kern_rwlock.c.
 *
 * <p>A waiting writer keeps new readers out. A leaving reader hands the lock to the best waiting writer; a leaving
 * writer hands it to all waiting readers, or to a writer when no reader waits. Waiters lend their priority to a
 * writing owner. Readers are counted, not known.
 */
@ProviderType
public final class RwLock extends OwnedLock {
    private int readers;

    /** Makes a free lock; {@code name} is its wait message. */
    public RwLock(Sleep sleep, String name) {
        super(sleep, name);
    }

    /** Acquires for reading. */
    public void enterRead() {
        Task self = approach();
        spinWhileOwnerRuns();
        if (owner == null && !writerWaits()) {
            readers++;
        } else {
            mustBeAbleToWait(self);
            block(turnstile().readers);
        }
        acquired(self);
    }

    /** Acquires for writing. */
    public void enterWrite() {
        Task self = approach();
        if (owner != self) {
            spinWhileOwnerRuns();
        }
        if (owner == null && readers == 0) {
            owner = self;
        } else {
            mustBeAbleToWait(self);
            block(turnstile().writers);
        }
        acquired(self);
    }

    /** Acquires for reading if that takes no waiting. */
    public boolean tryEnterRead() {
        Task self = touch();
        if (owner != null || writerWaits()) {
            return false;
        }
        readers++;
        acquired(self);
        return true;
    }

    /** Acquires for writing if that takes no waiting. */
    public boolean tryEnterWrite() {
        Task self = touch();
        if (owner != null || readers != 0) {
            return false;
        }
        owner = self;
        acquired(self);
        return true;
    }

    /** Releases what the current task holds, for reading or writing. */
    public void exit() {
        Task self = dispatcher.currentTask();
        if (owner == self) {
            owner = null;
            handOver(false);
        } else if (owner == null && readers > 0) {
            readers--;
            if (readers == 0) {
                handOver(true);
            }
        } else {
            throw new KernelPanic("lock rule: task " + self + " releases " + name() + ", which "
                    + (owner == null ? "is free" : owner + " holds"));
        }
        released(self);
        untouch();
    }

    /** Turns the only read hold into a write hold; false, changing nothing, when there are other readers. */
    public boolean tryUpgrade() {
        Task self = touch();
        if (owner != null || readers == 0) {
            throw new KernelPanic("lock rule: task " + self + " upgrades " + name() + " without reading");
        }
        if (readers != 1) {
            return false;
        }
        readers = 0;
        owner = self;
        if (hasWaiters()) {
            Turnstile waiters = turnstile();
            waiters.lock.enterNow();
            lendFromWaiters(waiters);
            waiters.lock.exit();
        }
        return true;
    }

    /** Turns the write hold into a read hold and lets waiting readers in. */
    public void downgrade() {
        Task self = touch();
        if (owner != self) {
            throw new KernelPanic("lock rule: task " + self + " downgrades " + name() + " without writing");
        }
        owner = null;
        readers = 1;
        if (hasWaiters()) {
            Turnstile waiters = turnstile();
            waiters.lock.enterNow();
            waiters.repay();
            giveToReaders(waiters);
            waiters.lock.exit();
        }
        untouch();
    }

    /** True when the current task holds it for writing. */
    public boolean writeOwned() {
        return owner != null && owner == dispatcher.currentTask();
    }

    /** True when anybody holds it. */
    public boolean held() {
        return owner != null || readers > 0;
    }

    /** Number of readers. */
    public int readers() {
        return readers;
    }

    private boolean writerWaits() {
        return hasWaiters() && !turnstile().writers.isEmpty();
    }

    private void block(SleepQueue queue) {
        Turnstile waiters = turnstile();
        waiters.lock.enterNow();
        long start = dispatcher.engine().nowNanos();
        waiters.block(queue, this, SyncObject.RWLOCK);
        statistics.blocked(dispatcher.engine().nowNanos() - start);
    }

    /** Gives the free lock to whose turn it is; they own it when they wake. */
    private void handOver(boolean fromReader) {
        if (!hasWaiters()) {
            return;
        }
        Turnstile waiters = turnstile();
        waiters.lock.enterNow();
        waiters.repay();
        Task writer = waiters.writers.head();
        if (writer != null && (fromReader || waiters.readers.isEmpty())) {
            owner = writer;
            waiters.wake(writer);
            lendFromWaiters(waiters);
        } else {
            giveToReaders(waiters);
        }
        waiters.lock.exit();
    }

    private void giveToReaders(Turnstile waiters) {
        readers += waiters.readers.size();
        waiters.wakeAll(waiters.readers);
    }

    private void lendFromWaiters(Turnstile waiters) {
        if (!waiters.readers.isEmpty()) {
            waiters.lendFrom(waiters.readers.head(), owner);
        }
        if (!waiters.writers.isEmpty()) {
            waiters.lendFrom(waiters.writers.head(), owner);
        }
    }
}
