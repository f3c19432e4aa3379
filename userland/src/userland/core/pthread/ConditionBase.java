// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.CANCEL;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.pthread.Conditions;

/** What both generations of condition variables share (pthread_cond.c). */
abstract class ConditionBase implements Conditions {
    /** First waiter; the rest of the queue or list is the generation's. */
    static final int WAITERS = 0;
    /** Mutex of those who wait. */
    static final int MUTEX = 16;
    private static final int CLOCK = 24;
    private static final int MAGIC = 28;
    private static final int MAGIC_DEAD = 0xDEAD_0005;
    private static final int ATTR_MAGIC = 0x3333_0006;
    private static final int ATTR_CLOCK = 4;

    final Library library;

    ConditionBase(Library library) {
        this.library = library;
    }

    /** Waits until woken, cancelled or timed out; the mutex is the caller's before and after. */
    abstract int sleep(User user, long self, long condition, long mutex, int clock, long untilNanos);

    abstract void wakeOne(User user, long condition);

    abstract void wakeAll(User user, long condition);

    @Override
    public int init(User user, long condition, long attributes) {
        if (attributes != 0 && user.load32(attributes) != ATTR_MAGIC) {
            return Errno.EINVAL;
        }
        user.store64(condition + WAITERS, 0);
        user.store64(condition + WAITERS + 8, 0);
        user.store64(condition + MUTEX, 0);
        user.store32(condition + CLOCK, attributes == 0 ? CLOCK_REALTIME : attrGetClock(user, attributes));
        user.store32(condition + MAGIC, 0);
        return 0;
    }

    @Override
    public int destroy(User user, long condition) {
        if (dead(user, condition)) {
            return Errno.EINVAL;
        }
        if (user.load64(condition + WAITERS) != 0) {
            return Errno.EBUSY;
        }
        user.store32(condition + MAGIC, MAGIC_DEAD);
        return 0;
    }

    private static boolean dead(User user, long condition) {
        return user.load32(condition + MAGIC) == MAGIC_DEAD;
    }

    @Override
    public int awaitUntil(User user, long condition, long mutex, long untilNanos) {
        long self = library.self(user);
        if (dead(user, condition) || untilNanos < 0) {
            return Errno.EINVAL;
        }
        if (!MutexBase.owned(user, self, mutex)) {
            return Errno.EPERM;
        }
        if (user.load64(condition + WAITERS) != 0 && user.load64(condition + MUTEX) != mutex) {
            return Errno.EINVAL;
        }
        library.cancelling().test(user);
        int error = sleep(user, self, condition, mutex, user.load32(condition + CLOCK), untilNanos);
        if (user.load32(self + CANCEL) != 0) {
            // A wake-up that a cancelled waiter may have taken goes to another one.
            wakeOne(user, condition);
            library.cancelling().cancelled(user, self);
        }
        return error;
    }

    @Override
    public int signal(User user, long condition) {
        if (user.load64(condition + WAITERS) != 0) {
            wakeOne(user, condition);
        }
        return dead(user, condition) ? Errno.EINVAL : 0;
    }

    @Override
    public int broadcast(User user, long condition) {
        if (user.load64(condition + WAITERS) != 0) {
            wakeAll(user, condition);
        }
        return dead(user, condition) ? Errno.EINVAL : 0;
    }

    @Override
    public int attrInit(User user, long attributes) {
        user.store32(attributes, ATTR_MAGIC);
        user.store32(attributes + ATTR_CLOCK, CLOCK_REALTIME);
        return 0;
    }

    @Override
    public int attrDestroy(User user, long attributes) {
        if (user.load32(attributes) != ATTR_MAGIC) {
            return Errno.EINVAL;
        }
        user.store32(attributes, 0);
        return 0;
    }

    @Override
    public int attrSetClock(User user, long attributes, int clock) {
        boolean known = clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC;
        if (!known || user.load32(attributes) != ATTR_MAGIC) {
            return Errno.EINVAL;
        }
        user.store32(attributes + ATTR_CLOCK, clock);
        return 0;
    }

    @Override
    public int attrGetClock(User user, long attributes) {
        return user.load32(attributes + ATTR_CLOCK);
    }
}
