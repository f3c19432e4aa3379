// SPDX-License-Identifier: BSD-2-Clause
package userland.core.builtin;

import org.osgi.service.component.annotations.Component;
import userland.program.Program;
import userland.program.User;
import userland.pthread.Rwlocks;

/**
 * Readers and writers around a table of equal numbers, with one read-write lock.
 *
 * <p>Writers change the numbers one after the other; a reader that finds two different ones was let in too early. Exit
 * status 1 means that it happened.
 */
@Component
public final class ReadersWriters implements Program {
    private static final int NUMBERS = 8;
    private static final long PAUSE_NANOS = 10_000;
    private static final long STEP_NANOS = 500;

    @Override
    public String name() {
        return "readers";
    }

    @Override
    public String description() {
        return "readers and writers share a read-write lock: readers [READERS=6] [WRITERS=2] [ROUNDS=50 each]";
    }

    @Override
    public int main(User user, String[] args) {
        int readers = Arguments.positive(args, 0, 6, "readers");
        int writers = Arguments.positive(args, 1, 2, "writers");
        int rounds = Arguments.positive(args, 2, 50, "rounds");
        long lock = user.allocate(Rwlocks.BYTES);
        long numbers = user.allocate(4L * NUMBERS);
        long torn = user.allocate(8);
        Team.run(user, readers + writers, (own, index) -> {
            for (int round = 0; round < rounds; round++) {
                own.compute(PAUSE_NANOS);
                if (index < writers) {
                    write(own, lock, numbers);
                } else {
                    read(own, lock, numbers, torn);
                }
            }
        });
        return user.load32(torn) == 0 && user.load32(numbers) == writers * rounds ? 0 : 1;
    }

    private static void write(User user, long lock, long numbers) {
        user.pthread().rwlocks().writeLock(user, lock);
        for (int i = 0; i < NUMBERS; i++) {
            user.store32(numbers + 4L * i, user.load32(numbers + 4L * i) + 1);
            user.compute(STEP_NANOS);
        }
        user.pthread().rwlocks().unlock(user, lock);
    }

    private static void read(User user, long lock, long numbers, long torn) {
        user.pthread().rwlocks().readLock(user, lock);
        int first = user.load32(numbers);
        for (int i = 1; i < NUMBERS; i++) {
            if (user.load32(numbers + 4L * i) != first) {
                user.store32(torn, 1);
            }
            user.compute(STEP_NANOS);
        }
        user.pthread().rwlocks().unlock(user, lock);
    }
}
