// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.LID;
import static userland.core.pthread.Descriptor.SLEEP_OBJECT;
import static userland.core.pthread.Descriptor.WAITERS;

import userland.program.User;

/** The generic park since 2020: wakers make their calls at once, and a park call wakes nobody. */
final class GenericPark2020 extends GenericPark {
    private final Library library;
    private final Mutexes2020 mutexes;

    GenericPark2020(Library library, Mutexes2020 mutexes) {
        super(mutexes);
        this.library = library;
        this.mutexes = mutexes;
    }

    @Override
    void unlockToPark(User user, long self, long mutex) {
        mutexes.unlock(user, mutex);
    }

    @Override
    int parkOnce(User user, long self, int clock, long untilNanos, long hint) {
        boolean needless = user.load64(self + SLEEP_OBJECT) == 0;
        return needless ? 0 : user.park(clock, untilNanos, 0, 0, 0);
    }

    @Override
    void unpark(User user, long self, long interlock, long queue) {
        long thread = SleepQueue.first(user, queue);
        int lid = user.load32(thread + LID);
        SleepQueue.remove(user, queue, thread);
        user.store64(thread + SLEEP_OBJECT, 0);
        user.lwpUnpark(lid, 0);
    }

    @Override
    void unparkAll(User user, long self, long interlock, long queue) {
        int max = library.unparkMax(user);
        int count = 0;
        long thread = SleepQueue.takeAll(user, queue);
        while (thread != 0) {
            // Read the link first: an awake thread may be queued again at once.
            long next = SleepQueue.next(user, thread);
            user.store32(self + WAITERS + 4L * count++, user.load32(thread + LID));
            user.store64(thread + SLEEP_OBJECT, 0);
            if (count == max) {
                Waking.unpark(user, self + WAITERS, count, 0);
                count = 0;
            }
            thread = next;
        }
        Waking.unpark(user, self + WAITERS, count, 0);
    }
}
