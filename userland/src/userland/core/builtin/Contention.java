// SPDX-License-Identifier: BSD-2-Clause
package userland.core.builtin;

import org.osgi.service.component.annotations.Component;
import userland.program.Program;
import userland.program.User;
import userland.pthread.Mutexes;

/**
 * Threads that fight for one mutex; the counter it protects tells whether it did.
 *
 * <p>The counter is read and written with time in between, so two threads inside at once would lose a count. Exit
 * status 1 means that it happened.
 */
@Component
public final class Contention implements Program {
    private static final long INSIDE_NANOS = 2_000;
    private static final long OUTSIDE_NANOS = 1_000;

    @Override
    public String name() {
        return "contention";
    }

    @Override
    public String description() {
        return "threads fight for one mutex: contention [THREADS=4] [ROUNDS=200]";
    }

    @Override
    public int main(User user, String[] args) {
        int count = Arguments.positive(args, 0, 4, "threads");
        int rounds = Arguments.positive(args, 1, 200, "rounds");
        long mutex = user.allocate(Mutexes.BYTES);
        long counter = user.allocate(16);
        Team.run(user, count, (own, argument) -> work(own, mutex, counter, rounds));
        return user.load64(counter) == (long) count * rounds ? 0 : 1;
    }

    private static void work(User user, long mutex, long counter, int rounds) {
        for (int i = 0; i < rounds; i++) {
            user.pthread().mutexes().lock(user, mutex);
            long value = user.load64(counter);
            user.compute(INSIDE_NANOS);
            user.store64(counter, value + 1);
            user.pthread().mutexes().unlock(user, mutex);
            user.compute(OUTSIDE_NANOS);
        }
    }
}
