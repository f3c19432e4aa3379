// SPDX-License-Identifier: BSD-2-Clause
package userland.pthread;

import org.osgi.annotation.versioning.ProviderType;
import userland.program.User;

/** Condition variables (pthread_cond.c). Waits may return early; callers test their condition in a loop. */
@ProviderType
public interface Conditions {
    /** Bytes of a condition variable. */
    int BYTES = 32;
    /** Bytes of a condition attributes object. */
    int ATTR_BYTES = 16;
    /** CLOCK_REALTIME, the default clock of timed waits. */
    int CLOCK_REALTIME = 0;
    /** CLOCK_MONOTONIC. */
    int CLOCK_MONOTONIC = 3;

    /**
     * Initialises a condition variable.
     *
     * @param attributes address of an initialised attributes object, or 0
     */
    int init(User user, long condition, long attributes);

    /** Ends the use of a condition variable: 0, EBUSY when somebody waits, EINVAL when it was destroyed before. */
    int destroy(User user, long condition);

    /**
     * Waits with the mutex locked; returns with it locked. A cancellation point.
     *
     * @return 0, EPERM when the caller does not own the mutex, EINVAL when others wait with another mutex
     */
    default int await(User user, long condition, long mutex) {
        return awaitUntil(user, condition, mutex, Pthread.FOREVER);
    }

    /** As {@link #await}, until a time of the condition's clock; also ETIMEDOUT, and EINVAL for a negative time. */
    int awaitUntil(User user, long condition, long mutex, long untilNanos);

    /** Wakes one waiter, the oldest: 0, EINVAL when the condition was destroyed. */
    int signal(User user, long condition);

    /** Wakes every waiter: 0, EINVAL when the condition was destroyed. */
    int broadcast(User user, long condition);

    /** Initialises an attributes object: 0. */
    int attrInit(User user, long attributes);

    /** Ends the use of an attributes object: 0, EINVAL when it was not initialised. */
    int attrDestroy(User user, long attributes);

    /** Sets the clock of timed waits: 0, EINVAL. */
    int attrSetClock(User user, long attributes, int clock);

    /** The clock of timed waits. */
    int attrGetClock(User user, long attributes);
}
