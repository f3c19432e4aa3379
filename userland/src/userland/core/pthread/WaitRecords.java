// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.LID;
import static userland.core.pthread.Descriptor.WAITERS;
import static userland.core.pthread.Descriptor.WAKING;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.pthread.Conditions;
import userland.pthread.Pthread;

/**
 * Lists of waiters without locks: struct waiter of pthread_mutex.c 1.82.
 *
 * <p>A record is in a frame of its waiter, which must not leave before its waker set the id in the record to 0: the
 * record stays on a list until then.
 */
final class WaitRecords {
    static final int NEXT = 0;
    static final int RECORD_LID = 8;

    private final Library library;

    WaitRecords(Library library) {
        this.library = library;
    }

    /** A record for the caller, on no list yet. */
    static long enter(User user, long self) {
        long record = Frames.push(user, self);
        user.store32(record + RECORD_LID, user.load32(self + LID));
        return record;
    }

    /** Puts a record on a list. */
    static void push(User user, long list, long record) {
        pushChain(user, list, record, record);
    }

    /** Puts the records from {@code first} to {@code last} on a list. */
    static void pushChain(User user, long list, long first, long last) {
        long head;
        do {
            head = user.load64(list);
            user.store64(last + NEXT, head);
        } while (!user.cas64(list, head, first));
    }

    /** Takes everything off a list and returns its first record, or 0. */
    static long takeAll(User user, long list) {
        long head;
        do {
            head = user.load64(list);
        } while (head != 0 && !user.cas64(list, head, 0));
        return head;
    }

    static boolean waiting(User user, long record) {
        return user.load32(record + RECORD_LID) != 0;
    }

    /**
     * Parks until released or the time is up.
     *
     * @return 0 when released, ETIMEDOUT when still on a list
     */
    static int sleep(User user, long record, int clock, long untilNanos) {
        while (waiting(user, record)) {
            int error = user.park(clock, untilNanos, 0, 0, 0);
            if (error == Errno.ETIMEDOUT && waiting(user, record)) {
                return Errno.ETIMEDOUT;
            }
        }
        return 0;
    }

    /** Parks until released. */
    static void sleep(User user, long record) {
        sleep(user, record, Conditions.CLOCK_REALTIME, Pthread.FOREVER);
    }

    /**
     * Releases a chain of records and wakes their threads, as many with one call as it takes; a signal handler that
     * comes in between wakes its own one by one.
     */
    void wake(User user, long self, long first) {
        int nested = user.load32(self + WAKING);
        user.store32(self + WAKING, 1);
        int own = user.load32(self + LID);
        int max = nested != 0 ? 1 : library.unparkMax(user);
        long lids = nested != 0 ? Frames.push(user, self) : self + WAITERS;
        int count = 0;
        long record = first;
        while (record != 0) {
            // Read the link first: a released waiter may use its record again at once.
            long next = user.load64(record + NEXT);
            int lid = user.load32(record + RECORD_LID);
            user.store32(record + RECORD_LID, 0);
            if (lid != own) {
                user.store32(lids + 4L * count++, lid);
            }
            if (count == max) {
                Waking.unpark(user, lids, count, 0);
                count = 0;
            }
            record = next;
        }
        Waking.unpark(user, lids, count, 0);
        if (nested != 0) {
            Frames.pop(user, self);
        }
        user.store32(self + WAKING, nested);
    }
}
