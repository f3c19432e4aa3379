// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.pthread.Barriers;
import userland.pthread.Conditions;
import userland.pthread.Pthread;

/** Barriers of pthread_barrier.c 1.23: the last thread to come starts a new generation and wakes the others. */
final class PosixBarriers implements Barriers {
    private static final int QUEUE = 0;
    private static final int COUNT = SleepQueue.BYTES;
    private static final int ARRIVED = COUNT + 4;
    private static final int GENERATION = COUNT + 8;
    private static final int MAGIC = COUNT + 12;
    private static final int MAGIC_ALIVE = 0x8888_0005;

    private final Library library;

    PosixBarriers(Library library) {
        this.library = library;
    }

    @Override
    public int init(User user, long barrier, int count) {
        if (count <= 0) {
            return Errno.EINVAL;
        }
        for (int offset = 0; offset < BYTES; offset += Long.BYTES) {
            user.store64(barrier + offset, 0);
        }
        user.store32(barrier + COUNT, count);
        user.store32(barrier + MAGIC, MAGIC_ALIVE);
        return 0;
    }

    @Override
    public int destroy(User user, long barrier) {
        if (user.load32(barrier + MAGIC) != MAGIC_ALIVE) {
            return Errno.EINVAL;
        }
        if (user.load32(barrier + ARRIVED) != 0) {
            return Errno.EBUSY;
        }
        user.store32(barrier + MAGIC, 0);
        return 0;
    }

    @Override
    public int await(User user, long barrier) {
        if (user.load32(barrier + MAGIC) != MAGIC_ALIVE) {
            return Errno.EINVAL;
        }
        GenericPark park = library.park();
        long self = library.self(user);
        long interlock = library.interlock(user, barrier);
        park.enter(user, interlock);
        int generation = user.load32(barrier + GENERATION);
        int arrived = user.load32(barrier + ARRIVED) + 1;
        if (arrived == user.load32(barrier + COUNT)) {
            user.store32(barrier + GENERATION, generation + 1);
            user.store32(barrier + ARRIVED, 0);
            park.unparkAll(user, self, interlock, barrier + QUEUE);
            park.exit(user, interlock);
            return SERIAL_THREAD;
        }
        user.store32(barrier + ARRIVED, arrived);
        SleepQueue.append(user, barrier + QUEUE, self);
        park.park(user, self, interlock, Conditions.CLOCK_REALTIME, Pthread.FOREVER, false);
        return 0;
    }
}
