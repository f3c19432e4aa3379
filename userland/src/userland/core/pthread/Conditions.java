// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import kernel.sched.errno.Errno;
import userland.program.User;

/**
 * Condition variables (modelled on pthread_cond.c 1.77).
 *
 * <p>Layout: list of waiters, requests under way, mutex of the waiters. A signal given with the mutex held moves the
 * waiter to the mutex, whose unlock wakes it. A waiter whose time is up cannot leave the middle of the
 * list: it broadcasts, and the others find that their condition does not hold yet.
 *
 * <p>DEVIATION: where the original lets concurrent signallers spin on a marker, a signaller that finds
 * another at work leaves its request with it; nobody spins.
 */
final class Conditions {
    private static final int LIST = 0;
    private static final int REQUESTS = 8;
    private static final int MUTEX = 16;
    /** In the requests: broadcasts count from here, signals below. */
    private static final long BROADCAST = 1L << 32;

    private Conditions() {
    }

    static int await(User user, long condition, long mutex, long untilNanos) {
        if (!Mutexes.owned(user, mutex)) {
            return Errno.EPERM;
        }
        if (user.load64(condition + LIST) != 0 && user.load64(condition + MUTEX) != mutex) {
            return Errno.EINVAL;
        }
        user.store64(condition + MUTEX, mutex);
        long self = WaitLists.self(user);
        WaitLists.enter(user, self, condition + LIST);
        Mutexes.unlock(user, mutex);
        int error = WaitLists.sleep(user, self, untilNanos, condition);
        if (error != 0) {
            broadcast(user, condition);
            WaitLists.sleep(user, self, User.FOREVER, condition);
        }
        Mutexes.lock(user, mutex);
        return error;
    }

    static void signal(User user, long condition) {
        if (user.load64(condition + LIST) != 0) {
            request(user, condition, 1);
        }
    }

    static void broadcast(User user, long condition) {
        if (user.load64(condition + LIST) != 0) {
            request(user, condition, BROADCAST);
        }
    }

    /** Serves the request, or leaves it to the thread that serves one already. */
    private static void request(User user, long condition, long request) {
        if (user.fetchAdd64(condition + REQUESTS, request) != 0) {
            return;
        }
        long served;
        do {
            long requests = user.load64(condition + REQUESTS);
            boolean all = requests >= BROADCAST;
            release(user, condition, all ? WaitLists.takeAll(user, condition + LIST) : takeOldest(user, condition));
            served = all ? requests : 1;
        } while (user.fetchAdd64(condition + REQUESTS, -served) != served);
    }

    private static void release(User user, long condition, long records) {
        if (records == 0) {
            return;
        }
        long mutex = user.load64(condition + MUTEX);
        if (Mutexes.owned(user, mutex)) {
            Mutexes.handOver(user, mutex, records);
        } else {
            WaitLists.wake(user, records, condition);
        }
    }

    /** The record at the end of the list, taken off; others may push meanwhile, but only we remove. */
    private static long takeOldest(User user, long condition) {
        while (true) {
            long record = user.load64(condition + LIST);
            if (record == 0) {
                return 0;
            }
            long before = 0;
            for (long next = user.load64(record); next != 0; next = user.load64(record)) {
                before = record;
                record = next;
            }
            if (before != 0) {
                user.store64(before + ThreadLayout.RECORD_NEXT, 0);
                return record;
            }
            if (user.cas64(condition + LIST, record, 0)) {
                return record;
            }
        }
    }
}
