// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import kernel.sched.errno.Errno;
import userland.program.Threads;
import userland.program.User;

/**
 * Read-write locks that prefer writers.
 *
 * <p>DEVIATION: built of a mutex and two conditions; pthread_rwlock.c 1.44 has an owner word and passes the lock on
 * directly. What callers see is the same except for the order of waiting writers under contention.
 */
final class ReadWriteLocks {
    private static final int MUTEX = 0;
    private static final int READERS_MAY = Threads.MUTEX_BYTES;
    private static final int WRITERS_MAY = READERS_MAY + Threads.CONDITION_BYTES;
    private static final int READERS = WRITERS_MAY + Threads.CONDITION_BYTES;
    private static final int WRITER = READERS + 4;
    private static final int WAITING_WRITERS = READERS + 8;

    private ReadWriteLocks() {
    }

    static int readLock(User user, long lock) {
        Mutexes.lock(user, lock + MUTEX);
        if (user.load32(lock + WRITER) == user.lid()) {
            Mutexes.unlock(user, lock + MUTEX);
            return Errno.EDEADLK;
        }
        while (user.load32(lock + WRITER) != 0 || user.load32(lock + WAITING_WRITERS) != 0) {
            Conditions.await(user, lock + READERS_MAY, lock + MUTEX, User.FOREVER);
        }
        user.store32(lock + READERS, user.load32(lock + READERS) + 1);
        Mutexes.unlock(user, lock + MUTEX);
        return 0;
    }

    static int writeLock(User user, long lock) {
        Mutexes.lock(user, lock + MUTEX);
        if (user.load32(lock + WRITER) == user.lid()) {
            Mutexes.unlock(user, lock + MUTEX);
            return Errno.EDEADLK;
        }
        user.store32(lock + WAITING_WRITERS, user.load32(lock + WAITING_WRITERS) + 1);
        while (user.load32(lock + WRITER) != 0 || user.load32(lock + READERS) != 0) {
            Conditions.await(user, lock + WRITERS_MAY, lock + MUTEX, User.FOREVER);
        }
        user.store32(lock + WAITING_WRITERS, user.load32(lock + WAITING_WRITERS) - 1);
        user.store32(lock + WRITER, user.lid());
        Mutexes.unlock(user, lock + MUTEX);
        return 0;
    }

    static int unlock(User user, long lock) {
        Mutexes.lock(user, lock + MUTEX);
        int readers = user.load32(lock + READERS);
        boolean writer = user.load32(lock + WRITER) == user.lid();
        if (writer) {
            user.store32(lock + WRITER, 0);
        } else if (readers > 0) {
            user.store32(lock + READERS, readers - 1);
        }
        if (user.load32(lock + WAITING_WRITERS) > 0) {
            Conditions.signal(user, lock + WRITERS_MAY);
        } else {
            Conditions.broadcast(user, lock + READERS_MAY);
        }
        Mutexes.unlock(user, lock + MUTEX);
        return writer || readers > 0 ? 0 : Errno.EPERM;
    }
}
