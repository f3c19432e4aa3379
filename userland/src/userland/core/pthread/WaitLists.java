// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.ThreadLayout.DESCRIPTOR_BYTES;
import static userland.core.pthread.ThreadLayout.LID;
import static userland.core.pthread.ThreadLayout.RECORD;
import static userland.core.pthread.ThreadLayout.RECORD_LID;
import static userland.core.pthread.ThreadLayout.RECORD_NEXT;
import static userland.core.pthread.ThreadLayout.WAKE_LIST;
import static userland.core.pthread.ThreadLayout.WAKE_LIST_MAX;

import kernel.sched.errno.Errno;
import userland.program.User;

/**
 * Lists of waiting threads in user memory, and the two ways off them.
 *
 * <p>A list is a lock-free stack of the records in the waiters' descriptors. A waiter is released when the
 * id in its record is 0, and never goes on before, whatever ends its park: this is what makes the library
 * indifferent to the revision of the park calls, to lost or surplus wake-ups and to swaps (the scheme of
 * pthread_mutex.c 1.82).
 */
final class WaitLists {
    private WaitLists() {
    }

    /** The caller's descriptor; an LWP that this library did not start gets one now. */
    static long self(User user) {
        long self = user.privatePointer();
        if (self == 0) {
            self = user.allocate(DESCRIPTOR_BYTES);
            user.store32(self + LID, user.lid());
            user.lwpSetPrivate(self);
        }
        return self;
    }

    /** Puts the caller on a list; {@link #sleep} follows. */
    static void enter(User user, long self, long list) {
        user.store32(self + RECORD + RECORD_LID, user.lid());
        push(user, list, self + RECORD);
    }

    static void push(User user, long list, long record) {
        long head;
        do {
            head = user.load64(list);
            user.store64(record + RECORD_NEXT, head);
        } while (!user.cas64(list, head, record));
    }

    /** Takes everything off a list and returns its first record, or 0. */
    static long takeAll(User user, long list) {
        long head;
        do {
            head = user.load64(list);
        } while (head != 0 && !user.cas64(list, head, 0));
        return head;
    }

    static boolean released(User user, long self) {
        return user.load32(self + RECORD + RECORD_LID) == 0;
    }

    /**
     * Parks until released or the time is up.
     *
     * @return 0 when released, ETIMEDOUT when still on a list
     */
    static int sleep(User user, long self, long untilNanos, long hint) {
        while (!released(user, self)) {
            int error = user.park(untilNanos, hint);
            if (error == Errno.ETIMEDOUT && !released(user, self)) {
                return Errno.ETIMEDOUT;
            }
        }
        return 0;
    }

    /** Releases a chain of records and wakes their threads, {@value ThreadLayout#WAKE_LIST_MAX} with one call. */
    static void wake(User user, long firstRecord, long hint) {
        long self = self(user);
        int count = 0;
        long record = firstRecord;
        while (record != 0) {
            // Read the link first: a released waiter may use its record again at once.
            long next = user.load64(record + RECORD_NEXT);
            int lid = user.load32(record + RECORD_LID);
            user.store32(record + RECORD_LID, 0);
            if (lid != user.lid()) {
                user.store32(self + WAKE_LIST + 4L * count++, lid);
            }
            if (count == WAKE_LIST_MAX) {
                unpark(user, self, count, hint);
                count = 0;
            }
            record = next;
        }
        unpark(user, self, count, hint);
    }

    /** Errors are expected: the released thread may have gone on and even have exited (ESRCH). */
    private static void unpark(User user, long self, int count, long hint) {
        if (count == 1) {
            user.lwpUnpark(user.load32(self + WAKE_LIST), hint);
        } else if (count > 1) {
            user.lwpUnparkAll(self + WAKE_LIST, count, hint);
        }
    }
}
