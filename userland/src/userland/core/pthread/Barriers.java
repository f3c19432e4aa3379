// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import kernel.sched.errno.Errno;
import userland.program.Threads;
import userland.program.User;

/** Barriers: the last thread to come starts a new generation and wakes the others (as pthread_barrier.c 1.23). */
final class Barriers {
    private static final int MUTEX = 0;
    private static final int CONDITION = Threads.MUTEX_BYTES;
    private static final int COUNT = CONDITION + Threads.CONDITION_BYTES;
    private static final int ARRIVED = COUNT + 4;
    private static final int GENERATION = COUNT + 8;

    private Barriers() {
    }

    static int init(User user, long barrier, int count) {
        if (count <= 0) {
            return Errno.EINVAL;
        }
        user.store32(barrier + COUNT, count);
        return 0;
    }

    static int await(User user, long barrier) {
        Mutexes.lock(user, barrier + MUTEX);
        int generation = user.load32(barrier + GENERATION);
        int arrived = user.load32(barrier + ARRIVED) + 1;
        if (arrived == user.load32(barrier + COUNT)) {
            user.store32(barrier + ARRIVED, 0);
            user.store32(barrier + GENERATION, generation + 1);
            Conditions.broadcast(user, barrier + CONDITION);
            Mutexes.unlock(user, barrier + MUTEX);
            return Threads.SERIAL_THREAD;
        }
        user.store32(barrier + ARRIVED, arrived);
        while (user.load32(barrier + GENERATION) == generation) {
            Conditions.await(user, barrier + CONDITION, barrier + MUTEX, User.FOREVER);
        }
        Mutexes.unlock(user, barrier + MUTEX);
        return 0;
    }
}
