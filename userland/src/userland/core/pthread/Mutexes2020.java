// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.pthread.Conditions;

/** Mutexes of pthread_mutex.c 1.82: waiters are records in their own frames; unlocking wakes all, which compete again. */
final class Mutexes2020 extends MutexBase {
    Mutexes2020(Library library) {
        super(library);
    }

    @Override
    int lockContended(User user, long self, long mutex, long untilNanos) {
        long ownerWord = user.load64(mutex + OWNER);
        while (true) {
            ownerWord = Spinning.await(user, self, mutex, ownerWord);
            if (owner(ownerWord) == 0) {
                if (take(user, self, mutex, ownerWord)) {
                    return 0;
                }
            } else if (sleep(user, self, mutex, untilNanos) != 0) {
                return Errno.ETIMEDOUT;
            }
            ownerWord = user.load64(mutex + OWNER);
        }
    }

    /** Waits on the list. Who gives up cannot leave the middle of it: everybody is woken and comes back. */
    private int sleep(User user, long self, long mutex, long untilNanos) {
        long record = WaitRecords.enter(user, self);
        WaitRecords.push(user, mutex + LIST, record);
        markWaiters(user, self, mutex);
        int error = WaitRecords.sleep(user, record, Conditions.CLOCK_REALTIME, untilNanos);
        if (error != 0) {
            wakeWaiters(user, self, mutex);
            WaitRecords.sleep(user, record);
        }
        Frames.pop(user, self);
        return error;
    }

    @Override
    void wakeWaiters(User user, long self, long mutex) {
        library.records().wake(user, self, WaitRecords.takeAll(user, mutex + LIST));
    }

    @Override
    void sendDeferred(User user, long self, long mutex, long ownerWord) {
        // Nothing is deferred: who is to be woken later is on the list of the mutex.
    }

    /**
     * Wakes a chain of records when the caller unlocks the mutex: moves it to the mutex's list. Wakes them now if the
     * caller does not own the mutex (pthread__mutex_deferwake).
     */
    void wakeLater(User user, long self, long first, long mutex) {
        if (!owned(user, self, mutex)) {
            library.records().wake(user, self, first);
            return;
        }
        long last = first;
        for (long next = user.load64(last); next != 0; next = user.load64(last)) {
            last = next;
        }
        WaitRecords.pushChain(user, mutex + LIST, first, last);
        markWaiters(user, self, mutex);
    }
}
