// SPDX-License-Identifier: BSD-2-Clause
package userland.pthread;

import org.osgi.annotation.versioning.ProviderType;
import userland.program.User;

/** Read-write locks that prefer writers and are handed over to waiters directly (pthread_rwlock.c). */
@ProviderType
public interface Rwlocks {
    /** Bytes of a read-write lock. */
    int BYTES = 48;

    /** Initialises a lock: 0. */
    int init(User user, long lock);

    /** Ends the use of a lock: 0, EINVAL when it is locked, or was destroyed before. */
    int destroy(User user, long lock);

    /** Locks for reading: 0, EDEADLK when the caller has it locked for writing. */
    default int readLock(User user, long lock) {
        return timedReadLock(user, lock, Pthread.FOREVER);
    }

    /** Locks for reading when no writer has it or waits for it: 0, EBUSY. */
    int tryReadLock(User user, long lock);

    /** As {@link #readLock}, until a time of the wall clock: also ETIMEDOUT, EINVAL. */
    int timedReadLock(User user, long lock, long untilNanos);

    /** Locks for writing: 0, EDEADLK when the caller has it locked for writing. */
    default int writeLock(User user, long lock) {
        return timedWriteLock(user, lock, Pthread.FOREVER);
    }

    /** Locks for writing when nobody has it: 0, EBUSY. */
    int tryWriteLock(User user, long lock);

    /** As {@link #writeLock}, until a time of the wall clock: also ETIMEDOUT, EINVAL. */
    int timedWriteLock(User user, long lock, long untilNanos);

    /** Unlocks for either: 0, EPERM when nobody has it, or another thread has it for writing. */
    int unlock(User user, long lock);
}
