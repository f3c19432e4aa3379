// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.RW_STATE;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.pthread.Conditions;
import userland.pthread.Rwlocks;

/**
 * Read-write locks of pthread_rwlock.c 1.44, which both generations share.
 *
 * <p>The owner word is the number of readers or the writer, and flags. Who unlocks last hands the lock to the first
 * waiting writer, or else to all waiting readers; so a released waiter has it already.
 */
final class PosixRwlocks implements Rwlocks {
    private static final int READERS_QUEUE = 0;
    private static final int WRITERS_QUEUE = SleepQueue.BYTES;
    private static final int OWNER = WRITERS_QUEUE + SleepQueue.BYTES;
    private static final int MAGIC = OWNER + 12;
    private static final int MAGIC_DEAD = 0xDEAD_0009;

    private static final long HAS_WAITERS = 1;
    private static final long WRITE_WANTED = 2;
    private static final long WRITE_LOCKED = 4;
    private static final long READER = 16;
    private static final long THREAD = -READER;

    private static final long PAUSE_NANOS = 1_280;

    /** Descriptor's state: got the lock. */
    private static final int LOCKED = 0;
    private static final int WANTED = 1;

    private final Library library;

    PosixRwlocks(Library library) {
        this.library = library;
    }

    @Override
    public int init(User user, long lock) {
        for (int offset = 0; offset < BYTES; offset += Long.BYTES) {
            user.store64(lock + offset, 0);
        }
        return 0;
    }

    @Override
    public int destroy(User user, long lock) {
        boolean used = !SleepQueue.empty(user, lock + READERS_QUEUE) || !SleepQueue.empty(user, lock + WRITERS_QUEUE)
                || user.load64(lock + OWNER) != 0;
        if (used || dead(user, lock)) {
            return Errno.EINVAL;
        }
        user.store32(lock + MAGIC, MAGIC_DEAD);
        return 0;
    }

    private static boolean dead(User user, long lock) {
        return user.load32(lock + MAGIC) == MAGIC_DEAD;
    }

    @Override
    public int tryReadLock(User user, long lock) {
        if (dead(user, lock)) {
            return Errno.EINVAL;
        }
        return takeRead(user, lock) ? 0 : Errno.EBUSY;
    }

    private static boolean takeRead(User user, long lock) {
        long owner = user.load64(lock + OWNER);
        while ((owner & (WRITE_LOCKED | WRITE_WANTED)) == 0) {
            if (user.cas64(lock + OWNER, owner, owner + READER)) {
                return true;
            }
            owner = user.load64(lock + OWNER);
        }
        return false;
    }

    @Override
    public int timedReadLock(User user, long lock, long untilNanos) {
        if (untilNanos < 0 || dead(user, lock)) {
            return Errno.EINVAL;
        }
        long self = library.self(user);
        while (!takeRead(user, lock)) {
            long owner = spin(user, lock);
            if ((owner & THREAD) == self && (owner & WRITE_LOCKED) != 0) {
                return Errno.EDEADLK;
            }
            if ((owner & (WRITE_LOCKED | WRITE_WANTED)) != 0
                    && enqueue(user, self, lock, READERS_QUEUE, owner, HAS_WAITERS)) {
                return sleep(user, self, lock, untilNanos);
            }
        }
        return 0;
    }

    @Override
    public int tryWriteLock(User user, long lock) {
        if (dead(user, lock)) {
            return Errno.EINVAL;
        }
        return takeWrite(user, library.self(user), lock) ? 0 : Errno.EBUSY;
    }

    private static boolean takeWrite(User user, long self, long lock) {
        long owner = user.load64(lock + OWNER);
        while ((owner & THREAD) == 0) {
            if (user.cas64(lock + OWNER, owner, self | WRITE_LOCKED)) {
                return true;
            }
            owner = user.load64(lock + OWNER);
        }
        return false;
    }

    @Override
    public int timedWriteLock(User user, long lock, long untilNanos) {
        if (untilNanos < 0 || dead(user, lock)) {
            return Errno.EINVAL;
        }
        long self = library.self(user);
        while (!takeWrite(user, self, lock)) {
            long owner = spin(user, lock);
            if ((owner & THREAD) == self && (owner & WRITE_LOCKED) != 0) {
                return Errno.EDEADLK;
            }
            if ((owner & THREAD) != 0
                    && enqueue(user, self, lock, WRITERS_QUEUE, owner, HAS_WAITERS | WRITE_WANTED)) {
                return sleep(user, self, lock, untilNanos);
            }
        }
        return 0;
    }

    /** Spins while a writer has the lock, runs on a CPU, and nobody waits; returns the owner word. */
    private static long spin(User user, long lock) {
        long owner = user.load64(lock + OWNER);
        while ((owner & (WRITE_LOCKED | HAS_WAITERS)) == WRITE_LOCKED && Spinning.running(user, owner & THREAD)
                && (owner & THREAD) != user.privatePointer()) {
            user.compute(PAUSE_NANOS);
            owner = user.load64(lock + OWNER);
        }
        return owner;
    }

    /** Puts the caller on a queue and leaves the interlock locked; false when the lock changed meanwhile. */
    private boolean enqueue(User user, long self, long lock, int queue, long owner, long flags) {
        long interlock = library.interlock(user, lock);
        library.park().enter(user, interlock);
        if (!user.cas64(lock + OWNER, owner, owner | flags)) {
            library.park().exit(user, interlock);
            return false;
        }
        user.store32(self + RW_STATE, WANTED);
        SleepQueue.append(user, lock + queue, self);
        return true;
    }

    private int sleep(User user, long self, long lock, long untilNanos) {
        long interlock = library.interlock(user, lock);
        int error = library.park().park(user, self, interlock, Conditions.CLOCK_REALTIME, untilNanos, false);
        if (user.load32(self + RW_STATE) == LOCKED) {
            return 0;
        }
        library.park().enter(user, interlock);
        gaveUp(user, self, lock, interlock);
        library.park().exit(user, interlock);
        return error;
    }

    /** Sets the flags anew after a waiter gave up; interlock held (pthread__rwlock_early). */
    private void gaveUp(User user, long self, long lock, long interlock) {
        boolean writers = !SleepQueue.empty(user, lock + WRITERS_QUEUE);
        boolean readers = !SleepQueue.empty(user, lock + READERS_QUEUE);
        boolean reading = (user.load64(lock + OWNER) & WRITE_LOCKED) == 0;
        long flags = writers ? HAS_WAITERS | WRITE_WANTED : readers && !reading ? HAS_WAITERS : 0;
        long admitted = readers && !writers && reading ? admitReaders(user, lock) : 0;
        long owner;
        do {
            owner = user.load64(lock + OWNER);
        } while (!user.cas64(lock + OWNER, owner, (owner & ~(HAS_WAITERS | WRITE_WANTED) | flags) + admitted));
        if (admitted != 0) {
            library.park().unparkAll(user, self, interlock, lock + READERS_QUEUE);
        }
    }

    /**
     * Lets all queued readers have the lock; returns their share in the owner word.
     *
     * <p>DEVIATION: they also go in when the only writer they waited behind gave up, where the original leaves them
     * asleep until the present readers are gone.
     */
    private static long admitReaders(User user, long lock) {
        long share = 0;
        for (long thread = SleepQueue.first(user, lock + READERS_QUEUE); thread != 0;) {
            share += READER;
            user.store32(thread + RW_STATE, LOCKED);
            thread = SleepQueue.next(user, thread);
        }
        return share;
    }

    @Override
    public int unlock(User user, long lock) {
        long self = library.self(user);
        long owner = user.load64(lock + OWNER);
        boolean writing = (owner & WRITE_LOCKED) != 0;
        if (writing ? (owner & THREAD) != self : owner == 0) {
            return dead(user, lock) ? Errno.EINVAL : Errno.EPERM;
        }
        long share = writing ? self | WRITE_LOCKED : READER;
        while (true) {
            owner = user.load64(lock + OWNER);
            long left = owner - share;
            if ((left & (THREAD | HAS_WAITERS)) != HAS_WAITERS) {
                if (user.cas64(lock + OWNER, owner, left)) {
                    return 0;
                }
            } else if (handOver(user, self, lock)) {
                return 0;
            }
        }
    }

    /** Gives the lock, whose last owner the caller is, to those who wait; false when nobody does any more. */
    private boolean handOver(User user, long self, long lock) {
        GenericPark park = library.park();
        long interlock = library.interlock(user, lock);
        park.enter(user, interlock);
        boolean waiters = (user.load64(lock + OWNER) & HAS_WAITERS) != 0;
        if (waiters) {
            long writer = SleepQueue.first(user, lock + WRITERS_QUEUE);
            if (writer != 0) {
                giveToWriter(user, self, lock, writer, interlock);
            } else {
                giveToReaders(user, self, lock, interlock);
            }
        }
        park.exit(user, interlock);
        return waiters;
    }

    private void giveToWriter(User user, long self, long lock, long writer, long interlock) {
        long flags = 0;
        if (SleepQueue.next(user, writer) != 0) {
            flags = HAS_WAITERS | WRITE_WANTED;
        } else if (!SleepQueue.empty(user, lock + READERS_QUEUE)) {
            flags = HAS_WAITERS;
        }
        user.store64(lock + OWNER, writer | WRITE_LOCKED | flags);
        user.store32(writer + RW_STATE, LOCKED);
        library.park().unpark(user, self, interlock, lock + WRITERS_QUEUE);
    }

    private void giveToReaders(User user, long self, long lock, long interlock) {
        user.store64(lock + OWNER, admitReaders(user, lock));
        library.park().unparkAll(user, self, interlock, lock + READERS_QUEUE);
    }
}
