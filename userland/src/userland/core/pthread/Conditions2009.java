// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.SLEEP_OBJECT;

import userland.program.User;

/**
 * Condition variables of pthread_cond.c 1.57: a queue of descriptors under an interlock.
 *
 * <p>A waiter that was signalled with the mutex held is woken when the signaller unlocks it.
 */
final class Conditions2009 extends ConditionBase {
    private final Mutexes2009 mutexes;
    private final GenericPark2009 park;

    Conditions2009(Library library, Mutexes2009 mutexes) {
        super(library);
        this.mutexes = mutexes;
        this.park = new GenericPark2009(mutexes);
    }

    @Override
    int sleep(User user, long self, long condition, long mutex, int clock, long untilNanos) {
        long interlock = library.interlock(user, condition);
        mutexes.lock(user, interlock);
        user.store64(condition + MUTEX, mutex);
        SleepQueue.append(user, condition + WAITERS, self);
        mutexes.unlock(user, interlock);
        int error = park.release(user, self, mutex, clock, untilNanos, true);
        if (user.load64(self + SLEEP_OBJECT) != 0 && !park.leave(user, self, interlock, condition + WAITERS)) {
            error = 0;
        }
        mutexes.lock(user, mutex);
        return error;
    }

    @Override
    void wakeOne(User user, long condition) {
        long self = library.self(user);
        long interlock = library.interlock(user, condition);
        mutexes.lock(user, interlock);
        long thread = SleepQueue.first(user, condition + WAITERS);
        long mutex = user.load64(condition + MUTEX);
        if (thread != 0) {
            SleepQueue.remove(user, condition + WAITERS, thread);
            user.store64(thread + SLEEP_OBJECT, 0);
        }
        mutexes.unlock(user, interlock);
        if (thread != 0) {
            mutexes.collect(user, self, thread, condition);
            mutexes.sendAfter(user, self, mutex);
        }
    }

    @Override
    void wakeAll(User user, long condition) {
        long self = library.self(user);
        long interlock = library.interlock(user, condition);
        mutexes.lock(user, interlock);
        long mutex = user.load64(condition + MUTEX);
        long thread = SleepQueue.takeAll(user, condition + WAITERS);
        while (thread != 0) {
            // Read the link first: an awake thread may be queued again at once.
            long next = SleepQueue.next(user, thread);
            user.store64(thread + SLEEP_OBJECT, 0);
            mutexes.collect(user, self, thread, condition);
            thread = next;
        }
        mutexes.unlock(user, interlock);
        mutexes.sendAfter(user, self, mutex);
    }
}
