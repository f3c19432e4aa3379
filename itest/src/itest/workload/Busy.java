// SPDX-License-Identifier: BSD-2-Clause
package itest.workload;

import java.util.function.BooleanSupplier;
import userland.program.Program;
import userland.program.User;
import userland.program.UserFunction;
import userland.pthread.Mutexes;

/**
 * Threads that park, lock, sleep and use memory until they are told to stop, and check what they did.
 *
 * <p>Every check is about the program's own state, so the right result is the same whatever happens to the kernel
 * meanwhile. Exit status: 0, or the number of the check that failed.
 */
public final class Busy implements Program {
    private static final int PAIRS = 3;
    private static final int LOCKERS = 4;
    private static final int MAPPERS = 2;
    private static final int SLEEPERS = 2;
    private static final int THREADS = 2 * PAIRS + LOCKERS + MAPPERS + SLEEPERS;
    private static final long LOOK_NANOS = 500_000;
    private static final long NAP_NANOS = 70_000;
    private static final long WORK_NANOS = 5_000;
    /** A thread that has finished a round of its own leaves this much room to the others'. */
    private static final int CELL = 64;

    private final BooleanSupplier goOn;

    /** @param goOn asked by the program's main thread, now and then in virtual time */
    public Busy(BooleanSupplier goOn) {
        this.goOn = goOn;
    }

    @Override
    public String name() {
        return "itest-busy";
    }

    @Override
    public String description() {
        return "parks, locks, sleeps and maps until it is told to stop";
    }

    @Override
    public int main(User user, String[] args) {
        Shared shared = new Shared(user.allocate(8L * CELL + (long) CELL * THREADS));
        long[] threads = new long[THREADS];
        int started = 0;
        for (int i = 0; i < 2 * PAIRS; i++) {
            threads[started] = start(user, shared, started++, Busy::play);
        }
        for (int i = 0; i < LOCKERS; i++) {
            threads[started] = start(user, shared, started++, Busy::fight);
        }
        for (int i = 0; i < MAPPERS; i++) {
            threads[started] = start(user, shared, started++, Busy::map);
        }
        for (int i = 0; i < SLEEPERS; i++) {
            threads[started] = start(user, shared, started++, Busy::nap);
        }
        while (goOn.getAsBoolean()) {
            user.sleepUntil(user.monotonicNanos() + LOOK_NANOS);
        }
        user.store32(shared.stop(), 1);
        for (int i = 0; i < 2 * PAIRS; i++) {
            user.lwpUnpark(user.pthread().threads().lid(user, threads[i]), shared.turn(i / 2));
        }
        for (long thread : threads) {
            if (user.pthread().threads().join(user, thread) != 0) {
                return 1;
            }
        }
        return verify(user, shared);
    }

    private static int verify(User user, Shared shared) {
        long fought = 0;
        for (int i = 0; i < THREADS; i++) {
            long rounds = user.load64(shared.rounds(i));
            // Who plays in a pair may never have had its turn.
            if (rounds == 0 && i >= 2 * PAIRS) {
                return 2;
            }
            if (user.load32(shared.failed(i)) != 0) {
                return 3;
            }
            fought += i >= 2 * PAIRS && i < 2 * PAIRS + LOCKERS ? rounds : 0;
        }
        if (user.load64(shared.counter()) != fought) {
            return 4;
        }
        for (int pair = 0; pair < PAIRS; pair++) {
            long lead = user.load64(shared.rounds(2 * pair)) - user.load64(shared.rounds(2 * pair + 1));
            if (lead != 0 && lead != 1) {
                return 5;
            }
        }
        return 0;
    }

    /** What a thread does over and over. */
    private interface Round {
        /** Returns whether everything was as it should be. */
        boolean play(User user, Shared shared, int index);
    }

    private static long start(User user, Shared shared, int index, Round round) {
        UserFunction function = (own, argument) -> {
            do {
                if (!round.play(own, shared, index)) {
                    own.store32(shared.failed(index), 1);
                }
            } while (own.load32(shared.stop()) == 0);
        };
        long thread = user.pthread().threads().create(user, function, 0);
        user.store32(shared.lid(index), user.pthread().threads().lid(user, thread));
        return thread;
    }

    private static void count(User user, Shared shared, int index) {
        user.store64(shared.rounds(index), user.load64(shared.rounds(index)) + 1);
    }

    /** Waits for its turn in bare parks and gives it to the other of the pair. */
    private static boolean play(User user, Shared shared, int index) {
        long turn = shared.turn(index / 2);
        while (user.load32(turn) != index % 2) {
            if (user.load32(shared.stop()) != 0) {
                return true;
            }
            user.park(User.FOREVER, turn);
        }
        user.compute(WORK_NANOS);
        count(user, shared, index);
        user.store32(turn, 1 - index % 2);
        int other = user.load32(shared.lid(index ^ 1));
        if (other != 0) {
            user.lwpUnpark(other, turn);
        }
        return true;
    }

    /** Counts under a mutex, with time between reading and writing. */
    private static boolean fight(User user, Shared shared, int index) {
        user.pthread().mutexes().lock(user, shared.mutex());
        long value = user.load64(shared.counter());
        user.compute(WORK_NANOS);
        boolean alone = user.load64(shared.counter()) == value;
        user.store64(shared.counter(), value + 1);
        user.pthread().mutexes().unlock(user, shared.mutex());
        count(user, shared, index);
        user.compute(WORK_NANOS);
        return alone;
    }

    /** Maps pages, writes them, gives the processor away, and finds them as they were. */
    private static boolean map(User user, Shared shared, int index) {
        int pages = 8;
        long start = user.mmap(0, pages * 4096L, 3, 0x1002, -1, 0);
        long mark = user.load64(shared.rounds(index)) * 31 + index;
        for (int i = 0; i < pages; i++) {
            user.store64(start + i * 4096L, mark + i);
        }
        boolean same = user.mprotect(start, pages * 4096L, 1) == 0;
        user.compute(WORK_NANOS * pages);
        for (int i = 0; i < pages; i++) {
            same &= user.load64(start + i * 4096L) == mark + i;
        }
        same &= user.munmap(start, pages * 4096L) == 0;
        count(user, shared, index);
        return same && start > 0;
    }

    private static boolean nap(User user, Shared shared, int index) {
        long until = user.monotonicNanos() + NAP_NANOS;
        user.sleepUntil(until);
        count(user, shared, index);
        return user.monotonicNanos() >= until;
    }

    /** Where things are in the memory that the threads share. */
    private record Shared(long base) {
        long stop() {
            return base;
        }

        long counter() {
            return base + CELL;
        }

        long mutex() {
            return base + 2 * CELL;
        }

        long turn(int pair) {
            return base + (3L + pair) * CELL;
        }

        long rounds(int index) {
            return base + (8L + index) * CELL;
        }

        long failed(int index) {
            return rounds(index) + 8;
        }

        long lid(int index) {
            return rounds(index) + 12;
        }
    }

    static {
        assert Mutexes.BYTES <= CELL && 3 + PAIRS <= 8;
    }
}
