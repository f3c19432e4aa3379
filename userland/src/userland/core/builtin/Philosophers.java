// SPDX-License-Identifier: BSD-2-Clause
package userland.core.builtin;

import org.osgi.service.component.annotations.Component;
import userland.program.Program;
import userland.program.User;
import userland.pthread.Mutexes;
import userland.pthread.Semaphores;

/**
 * Philosophers around a table: a fork is a mutex, and a semaphore keeps one of them away from the table.
 *
 * <p>Without the semaphore all of them may hold their left fork and wait for ever. Exit status 1 means that two neighbours
 * ate at once, or that somebody went hungry.
 */
@Component
public final class Philosophers implements Program {
    private static final long THINK_NANOS = 20_000;
    private static final long EAT_NANOS = 10_000;
    /** Of a fork: whether somebody eats with it. */
    private static final int IN_USE = Mutexes.BYTES;
    private static final int FORK_BYTES = Mutexes.BYTES + 16;

    @Override
    public String name() {
        return "philosophers";
    }

    @Override
    public String description() {
        return "philosophers share forks, mutexes, at a table with a semaphore: philosophers [SEATS=5] [MEALS=50 each]";
    }

    @Override
    public int main(User user, String[] args) {
        int seats = Math.max(2, Arguments.positive(args, 0, 5, "seats"));
        int meals = Arguments.positive(args, 1, 50, "meals");
        long forks = user.allocate((long) seats * FORK_BYTES);
        long table = user.allocate(Semaphores.BYTES);
        long eaten = user.allocate(8);
        user.pthread().semaphores().init(user, table, seats - 1);
        Team.run(user, seats, (own, seat) -> {
            long left = forks + seat * FORK_BYTES;
            long right = forks + (seat + 1) % seats * FORK_BYTES;
            for (int meal = 0; meal < meals; meal++) {
                own.compute(THINK_NANOS);
                own.pthread().semaphores().await(own, table);
                own.pthread().mutexes().lock(own, left);
                own.pthread().mutexes().lock(own, right);
                eat(own, left, right, eaten);
                own.pthread().mutexes().unlock(own, right);
                own.pthread().mutexes().unlock(own, left);
                own.pthread().semaphores().post(own, table);
            }
        });
        return user.load32(eaten) == seats * meals ? 0 : 1;
    }

    private static void eat(User user, long left, long right, long eaten) {
        boolean alone = user.fetchAdd32(left + IN_USE, 1) == 0 & user.fetchAdd32(right + IN_USE, 1) == 0;
        user.compute(EAT_NANOS);
        user.fetchAdd32(left + IN_USE, -1);
        user.fetchAdd32(right + IN_USE, -1);
        if (alone) {
            user.fetchAdd32(eaten, 1);
        }
    }
}
