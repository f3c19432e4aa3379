// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.CANCEL;

import kernel.sched.errno.Errno;
import userland.program.User;

/**
 * Condition variables of pthread_cond.c 1.77: a list of records without a lock.
 *
 * <p>A marker stands in for the list while a signaller looks for its oldest record; whoever meets it waits. A signal
 * given with the mutex held moves the waiter to the mutex, whose unlock wakes it. A waiter whose time is up cannot leave
 * the middle of the list: it broadcasts, and the others find that their condition does not hold yet.
 */
final class Conditions2020 extends ConditionBase {
    /** Stands in for the list; no record has this address. */
    private static final long MARKER = 1;

    private final Mutexes2020 mutexes;

    Conditions2020(Library library, Mutexes2020 mutexes) {
        super(library);
        this.mutexes = mutexes;
    }

    @Override
    int sleep(User user, long self, long condition, long mutex, int clock, long untilNanos) {
        long record = WaitRecords.enter(user, self);
        long head;
        do {
            head = list(user, condition);
            if (head == 0) {
                user.store64(condition + MUTEX, mutex);
            }
            user.store64(record + WaitRecords.NEXT, head);
        } while (!user.cas64(condition + WAITERS, head, record));
        mutexes.unlock(user, mutex);
        int error = park(user, self, record, clock, untilNanos);
        while (WaitRecords.waiting(user, record)) {
            wakeAll(user, condition);
            WaitRecords.sleep(user, record);
        }
        Frames.pop(user, self);
        mutexes.lock(user, mutex);
        return error;
    }

    /** Parks until released, cancelled or timed out; a release wins over everything else. */
    private static int park(User user, long self, long record, int clock, long untilNanos) {
        int error = 0;
        while (WaitRecords.waiting(user, record) && user.load32(self + CANCEL) == 0) {
            error = user.park(clock, untilNanos, 0, 0, 0);
            if (error == Errno.ETIMEDOUT) {
                return WaitRecords.waiting(user, record) ? error : 0;
            }
        }
        return 0;
    }

    @Override
    void wakeOne(User user, long condition) {
        long self = library.self(user);
        long head = take(user, condition, MARKER);
        if (head == 0) {
            return;
        }
        long mutex = user.load64(condition + MUTEX);
        long before = 0;
        long oldest = head;
        for (long next = user.load64(oldest); next != 0; next = user.load64(oldest)) {
            before = oldest;
            oldest = next;
        }
        if (before != 0) {
            user.store64(before + WaitRecords.NEXT, 0);
        }
        user.store64(condition + WAITERS, before == 0 ? 0 : head);
        mutexes.wakeLater(user, self, oldest, mutex);
    }

    @Override
    void wakeAll(User user, long condition) {
        long self = library.self(user);
        long mutex = user.load64(condition + MUTEX);
        long head = take(user, condition, 0);
        if (head != 0) {
            mutexes.wakeLater(user, self, head, mutex);
        }
    }

    /** Takes the list and leaves a substitute; 0 when it was empty. */
    private static long take(User user, long condition, long substitute) {
        long head;
        do {
            head = list(user, condition);
        } while (head != 0 && !user.cas64(condition + WAITERS, head, substitute));
        return head;
    }

    /** The list, as soon as no signaller has it. */
    private static long list(User user, long condition) {
        long head = user.load64(condition + WAITERS);
        for (int round = 0; head == MARKER; round++) {
            Backoff.pause(user, round);
            head = user.load64(condition + WAITERS);
        }
        return head;
    }
}
