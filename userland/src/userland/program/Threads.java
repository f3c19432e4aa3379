// SPDX-License-Identifier: BSD-2-Clause
package userland.program;

import org.osgi.annotation.versioning.ProviderType;

/**
 * POSIX threads on top of park and unpark.
 *
 * <p>Objects are addresses of zeroed user memory of the sizes below; all state lives there. Methods return
 * 0 or an error number, like their C namesakes. They are correct under every revision of the park calls and
 * across a swap between two of them, because each wait re-tests its own record in memory.
 */
@ProviderType
public interface Threads {
    /** Bytes of a mutex. */
    int MUTEX_BYTES = 32;
    /** Bytes of a condition variable. */
    int CONDITION_BYTES = 32;
    /** Bytes of a barrier. */
    int BARRIER_BYTES = 96;
    /** Bytes of a read-write lock. */
    int RWLOCK_BYTES = 128;

    /** Mutex kind: locking it again reports EDEADLK, as NetBSD's normal mutex does. */
    int NORMAL = 0;
    /** Mutex kind: counts how often its owner locked it. */
    int RECURSIVE = 1;
    /** Mutex kind: as {@link #NORMAL}, and unlocking another's reports EPERM. */
    int ERRORCHECK = 2;

    /** What {@link #barrierWait} returns to exactly one of the threads. */
    int SERIAL_THREAD = 1_234_567;

    /**
     * Starts a thread.
     *
     * @return the address of its descriptor, which names it from then on, or 0 with errno set
     */
    long create(User user, UserFunction function, long argument);

    /** LWP id of a thread. */
    int lid(User user, long thread);

    /** Waits for a thread to end and frees it: 0, ESRCH, EDEADLK or EINVAL. */
    int join(User user, long thread);

    /** Lets a thread free itself when it ends: 0, ESRCH or EINVAL. */
    int detach(User user, long thread);

    /** Initialises a mutex of a kind. */
    void mutexInit(User user, long mutex, int kind);

    /** Locks: 0, EDEADLK when the caller owns it. */
    int lock(User user, long mutex);

    /** Locks when free: 0 or EBUSY. */
    int tryLock(User user, long mutex);

    /** Unlocks: 0, EPERM when the caller does not own it. */
    int unlock(User user, long mutex);

    /** Waits with the mutex held; returns with it held: 0, EINVAL, EPERM. Spurious returns happen. */
    int await(User user, long condition, long mutex);

    /** As {@link #await}, until a monotonic time: 0, ETIMEDOUT, EINVAL, EPERM. */
    int awaitUntil(User user, long condition, long mutex, long untilNanos);

    /** Wakes one waiter, the oldest. */
    void signal(User user, long condition);

    /** Wakes every waiter. */
    void broadcast(User user, long condition);

    /** Initialises a barrier for {@code count} threads: 0, EINVAL when it is not positive. */
    int barrierInit(User user, long barrier, int count);

    /** Waits until all have come: 0, or {@link #SERIAL_THREAD} for one of them. */
    int barrierWait(User user, long barrier);

    /** Locks for reading; writers that wait go first. */
    int readLock(User user, long rwlock);

    /** Locks for writing. */
    int writeLock(User user, long rwlock);

    /** Unlocks for either: 0, EPERM when nobody holds it. */
    int rwUnlock(User user, long rwlock);
}
