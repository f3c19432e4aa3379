// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.CANCEL;
import static userland.core.pthread.Descriptor.SLEEP_OBJECT;

import kernel.sched.errno.Errno;
import userland.program.User;

/**
 * Sleeping on a queue of descriptors: pthread__park, pthread__unpark and pthread__unpark_all of pthread.c.
 *
 * <p>A sleeper is released when its sleep object is 0. Park calls return early for many reasons, which all mean to look
 * again. A waker changes the queue and the sleep objects with the interlock held.
 */
abstract class GenericPark {
    private final MutexBase mutexes;

    GenericPark(MutexBase mutexes) {
        this.mutexes = mutexes;
    }

    /** Unlocks and parks once; returns the park call's error number. */
    abstract int parkOnce(User user, long self, int clock, long untilNanos, long hint);

    /** Unlocks a mutex right before parking. */
    abstract void unlockToPark(User user, long self, long mutex);

    /** Wakes the first thread of a queue; interlock held. */
    abstract void unpark(User user, long self, long interlock, long queue);

    /** Wakes all threads of a queue; interlock held. */
    abstract void unparkAll(User user, long self, long interlock, long queue);

    /** Locks an interlock. */
    final void enter(User user, long interlock) {
        mutexes.lock(user, interlock);
    }

    /** Unlocks an interlock. */
    final void exit(User user, long interlock) {
        mutexes.unlock(user, interlock);
    }

    /**
     * Sleeps on the queue on which the caller has put itself, with the interlock held, which it drops.
     *
     * @return 0 when released, else ETIMEDOUT or, for a cancellation point, EINTR; the caller is off the queue then
     */
    final int park(User user, long self, long interlock, int clock, long untilNanos, boolean cancelPoint) {
        long queue = user.load64(self + SLEEP_OBJECT);
        int error = release(user, self, interlock, clock, untilNanos, cancelPoint);
        if (user.load64(self + SLEEP_OBJECT) != 0) {
            return leave(user, self, interlock, queue) ? error : 0;
        }
        return 0;
    }

    /** Drops a mutex and sleeps until released, timed out or, if that is a cancellation point, cancelled. */
    final int release(User user, long self, long mutex, int clock, long untilNanos, boolean cancelPoint) {
        long hint = user.load64(self + SLEEP_OBJECT);
        unlockToPark(user, self, mutex);
        Spinning.blocking(user, self, 1);
        int error;
        do {
            error = parkOnce(user, self, clock, untilNanos, hint);
            if (error == Errno.EINTR || error == Errno.EALREADY) {
                error = 0;
            }
            if (cancelPoint && user.load32(self + CANCEL) != 0) {
                error = Errno.EINTR;
            }
        } while (error == 0 && user.load64(self + SLEEP_OBJECT) != 0);
        Spinning.blocking(user, self, -1);
        return user.load64(self + SLEEP_OBJECT) == 0 ? 0 : error;
    }

    /** Takes the caller off a queue on which it slept; false when a waker did that meanwhile. */
    final boolean leave(User user, long self, long interlock, long queue) {
        enter(user, interlock);
        boolean queued = user.load64(self + SLEEP_OBJECT) != 0;
        if (queued) {
            SleepQueue.remove(user, queue, self);
            user.store64(self + SLEEP_OBJECT, 0);
        }
        exit(user, interlock);
        return queued;
    }
}
