// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.LID;
import static userland.core.pthread.Descriptor.MUTEX_NEXT;
import static userland.core.pthread.Descriptor.MUTEX_WAIT;
import static userland.core.pthread.Descriptor.UNPARK;
import static userland.core.pthread.Descriptor.WAITERS;
import static userland.core.pthread.Descriptor.WAITER_COUNT;
import static userland.core.pthread.Descriptor.WILL_PARK;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.pthread.Conditions;
import userland.pthread.Pthread;

/**
 * Mutexes of pthread_mutex.c 1.54, and the wake-ups that a thread collects.
 *
 * <p>A thread may have up to 32 ids to wake. They are sent when it unlocks; a single one is left for its next park call
 * when it is about to make one. Priority protection and timed locks came later.
 */
final class Mutexes2009 extends MutexBase {
    Mutexes2009(Library library) {
        super(library);
    }

    @Override
    public int timedLock(User user, long mutex, long untilNanos) {
        return Errno.ENOSYS;
    }

    @Override
    public int attrSetProtocol(User user, long attributes, int protocol) {
        return Errno.ENOSYS;
    }

    @Override
    public int attrSetPriorityCeiling(User user, long attributes, int ceiling) {
        return Errno.ENOSYS;
    }

    @Override
    int lockContended(User user, long self, long mutex, long untilNanos) {
        long ownerWord = user.load64(mutex + OWNER);
        while (true) {
            ownerWord = Spinning.await(user, self, mutex, ownerWord);
            if (owner(ownerWord) == 0) {
                if (take(user, self, mutex, ownerWord)) {
                    return 0;
                }
            } else {
                enlist(user, self, mutex);
                markWaiters(user, self, mutex);
                sleep(user, self, mutex);
            }
            ownerWord = user.load64(mutex + OWNER);
        }
    }

    private static void enlist(User user, long self, long mutex) {
        user.store32(self + MUTEX_WAIT, 1);
        long head;
        do {
            head = user.load64(mutex + LIST);
            user.store64(self + MUTEX_NEXT, head);
        } while (!user.cas64(mutex + LIST, head, self));
    }

    /** Parks until a waker clears the flag; nothing else ends it, whatever the park call returns. */
    private static void sleep(User user, long self, long mutex) {
        while (user.load32(self + MUTEX_WAIT) != 0) {
            Spinning.blocking(user, self, 1);
            park(user, self, Conditions.CLOCK_REALTIME, Pthread.FOREVER, mutex + LIST);
            Spinning.blocking(user, self, -1);
        }
    }

    /** Parks and wakes who was left for this call; returns its error number. */
    static int park(User user, long self, int clock, long untilNanos, long hint) {
        int pending = user.load32(self + UNPARK);
        user.store32(self + UNPARK, 0);
        int error = user.park(clock, untilNanos, pending, hint, hint);
        // Who was to be woken has gone by itself; the call returned without parking.
        return error == Errno.ESRCH && pending != 0 ? 0 : error;
    }

    @Override
    void wakeWaiters(User user, long self, long mutex) {
        long thread = WaitRecords.takeAll(user, mutex + LIST);
        int max = library.unparkMax(user);
        int count = user.load32(self + WAITER_COUNT);
        do {
            while (count < max && thread != 0) {
                // Read the link first: the thread may be listed again as soon as its flag is 0.
                long next = user.load64(thread + MUTEX_NEXT);
                if (thread != self) {
                    user.store32(self + WAITERS + 4L * count++, user.load32(thread + LID));
                }
                user.store32(thread + MUTEX_WAIT, 0);
                thread = next;
            }
            user.store32(self + WAITER_COUNT, count);
            send(user, self, mutex + LIST);
            count = 0;
        } while (thread != 0);
    }

    @Override
    void sendDeferred(User user, long self, long mutex, long ownerWord) {
        if ((ownerWord & DEFERRED_BIT) != 0) {
            send(user, self, mutex + LIST);
        }
    }

    /** Sends what is collected; leaves a single id for the caller's next park if one follows (pthread__clear_waiters). */
    private static void send(User user, long self, long hint) {
        int count = user.load32(self + WAITER_COUNT);
        user.store32(self + WAITER_COUNT, 0);
        if (count == 1 && user.load32(self + WILL_PARK) != 0 && user.load32(self + UNPARK) == 0) {
            user.store32(self + UNPARK, user.load32(self + WAITERS));
        } else {
            Waking.unpark(user, self + WAITERS, count, hint);
        }
    }

    /** Adds a thread to those to wake; {@link #sendAfter} follows. */
    void collect(User user, long self, long thread, long hint) {
        int count = user.load32(self + WAITER_COUNT);
        if (count == library.unparkMax(user)) {
            send(user, self, hint);
            count = 0;
        }
        user.store32(self + WAITERS + 4L * count, user.load32(thread + LID));
        user.store32(self + WAITER_COUNT, count + 1);
    }

    /** Sends what is collected when the caller unlocks a mutex, or now if it does not own it (pthread__mutex_deferwake). */
    void sendAfter(User user, long self, long mutex) {
        if (!defer(user, self, mutex)) {
            send(user, self, mutex + LIST);
        }
    }

    private static boolean defer(User user, long self, long mutex) {
        long ownerWord = user.load64(mutex + OWNER);
        while (owner(ownerWord) == self) {
            if ((ownerWord & DEFERRED_BIT) != 0
                    || user.cas64(mutex + OWNER, ownerWord, ownerWord | DEFERRED_BIT)) {
                return true;
            }
            ownerWord = user.load64(mutex + OWNER);
        }
        return false;
    }
}
