// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.SLEEP_OBJECT;
import static userland.core.pthread.Descriptor.UNPARK;
import static userland.core.pthread.Descriptor.WILL_PARK;

import userland.program.User;

/**
 * The generic park of pthread.c 1.113: a waker's calls are made when it drops the interlock; a thread that drops a mutex
 * to park takes one wake-up along into its park call.
 */
final class GenericPark2009 extends GenericPark {
    private final Mutexes2009 mutexes;

    GenericPark2009(Mutexes2009 mutexes) {
        super(mutexes);
        this.mutexes = mutexes;
    }

    @Override
    void unlockToPark(User user, long self, long mutex) {
        user.store32(self + WILL_PARK, 1);
        mutexes.unlock(user, mutex);
        user.store32(self + WILL_PARK, 0);
    }

    /** Does not park when already released, unless that is to wake somebody. */
    @Override
    int parkOnce(User user, long self, int clock, long untilNanos, long hint) {
        boolean needless = user.load64(self + SLEEP_OBJECT) == 0 && user.load32(self + UNPARK) == 0;
        return needless ? 0 : Mutexes2009.park(user, self, clock, untilNanos, hint);
    }

    @Override
    void unpark(User user, long self, long interlock, long queue) {
        long thread = SleepQueue.first(user, queue);
        SleepQueue.remove(user, queue, thread);
        user.store64(thread + SLEEP_OBJECT, 0);
        mutexes.collect(user, self, thread, queue);
        mutexes.sendAfter(user, self, interlock);
    }

    @Override
    void unparkAll(User user, long self, long interlock, long queue) {
        long thread = SleepQueue.takeAll(user, queue);
        while (thread != 0) {
            // Read the link first: an awake thread may be queued again at once.
            long next = SleepQueue.next(user, thread);
            user.store64(thread + SLEEP_OBJECT, 0);
            mutexes.collect(user, self, thread, queue);
            thread = next;
        }
        mutexes.sendAfter(user, self, interlock);
    }
}
