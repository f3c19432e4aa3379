// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import kernel.sched.errno.Errno;
import userland.program.Threads;
import userland.program.User;

/**
 * Mutexes (modelled on pthread_mutex.c 1.82).
 *
 * <p>Layout: owner word (id, and {@link #WAITERS}), list of waiters, kind, recursion count. Unlocking wakes all
 * waiters, which compete again.
 *
 * <p>DEVIATION: there is no adaptive spinning on a running owner; a waiter parks at once.
 */
final class Mutexes {
    private static final int OWNER = 0;
    private static final int LIST = 8;
    private static final int KIND = 16;
    private static final int COUNT = 20;
    /** In the owner word: somebody is on the list, or was. */
    private static final long WAITERS = 1L << 32;

    private Mutexes() {
    }

    static void init(User user, long mutex, int kind) {
        if (kind < Threads.NORMAL || kind > Threads.ERRORCHECK) {
            throw new IllegalArgumentException("no such kind of mutex: " + kind);
        }
        user.store64(mutex + OWNER, 0);
        user.store64(mutex + LIST, 0);
        user.store32(mutex + KIND, kind);
        user.store32(mutex + COUNT, 0);
    }

    static boolean owned(User user, long mutex) {
        return (int) user.load64(mutex + OWNER) == user.lid();
    }

    static int lock(User user, long mutex) {
        if (user.cas64(mutex + OWNER, 0, user.lid())) {
            return 0;
        }
        if (owned(user, mutex)) {
            return lockAgain(user, mutex);
        }
        long self = WaitLists.self(user);
        while (!user.cas64(mutex + OWNER, 0, user.lid())) {
            WaitLists.enter(user, self, mutex + LIST);
            markWaiters(user, mutex);
            WaitLists.sleep(user, self, User.FOREVER, mutex);
        }
        return 0;
    }

    private static int lockAgain(User user, long mutex) {
        if (user.load32(mutex + KIND) != Threads.RECURSIVE) {
            return Errno.EDEADLK;
        }
        int count = user.load32(mutex + COUNT);
        if (count == Integer.MAX_VALUE) {
            return Errno.EAGAIN;
        }
        user.store32(mutex + COUNT, count + 1);
        return 0;
    }

    /** Makes sure the owner sees the list; when there is none any more, whoever is listed competes again. */
    private static void markWaiters(User user, long mutex) {
        while (true) {
            long owner = user.load64(mutex + OWNER);
            if (owner == 0) {
                wakeAll(user, mutex);
                return;
            }
            if ((owner & WAITERS) != 0 || user.cas64(mutex + OWNER, owner, owner | WAITERS)) {
                return;
            }
        }
    }

    static int tryLock(User user, long mutex) {
        if (user.cas64(mutex + OWNER, 0, user.lid())) {
            return 0;
        }
        boolean again = owned(user, mutex) && user.load32(mutex + KIND) == Threads.RECURSIVE;
        return again ? lockAgain(user, mutex) : Errno.EBUSY;
    }

    static int unlock(User user, long mutex) {
        if (!owned(user, mutex)) {
            return Errno.EPERM;
        }
        int count = user.load32(mutex + COUNT);
        if (count > 0) {
            user.store32(mutex + COUNT, count - 1);
            return 0;
        }
        if (user.cas64(mutex + OWNER, user.lid(), 0)) {
            return 0;
        }
        // Only the WAITERS bit can come while we own it.
        user.cas64(mutex + OWNER, user.lid() | WAITERS, 0);
        wakeAll(user, mutex);
        return 0;
    }

    private static void wakeAll(User user, long mutex) {
        WaitLists.wake(user, WaitLists.takeAll(user, mutex + LIST), mutex);
    }

    /** Lets the records of a condition wait for this mutex, which the caller owns: unlocking it wakes them. */
    static void handOver(User user, long mutex, long firstRecord) {
        long record = firstRecord;
        while (record != 0) {
            long next = user.load64(record + ThreadLayout.RECORD_NEXT);
            WaitLists.push(user, mutex + LIST, record);
            record = next;
        }
        markWaiters(user, mutex);
    }
}
