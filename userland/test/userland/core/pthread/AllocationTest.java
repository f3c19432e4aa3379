// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Crew;
import userland.core.fixture.Setting;
import userland.program.User;
import userland.pthread.Conditions;
import userland.pthread.Mutexes;

/** Locking, parking, waking, loads, stores and faults make no Java objects. */
class AllocationTest {
    private static final int BATCHES = 10;
    private static final int ROUNDS = 100;
    private static final long PAGE_BYTES = 4096;
    private static final long VIEW_BYTES = 48;
    /** An object takes 16 bytes at least, so one in each round is more than this. */
    private static final long LIMIT_BYTES = 12L * ROUNDS;

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static void measure(Runnable round) {
        measure(LIMIT_BYTES, round);
    }

    /** The best of some batches: now and then the engine and the virtual machine need memory for themselves. */
    private static void measure(long limit, Runnable round) {
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            long before = allocated();
            for (int i = 0; i < ROUNDS; i++) {
                round.run();
            }
            least = Math.min(least, allocated() - before);
        }
        long bytes = least;
        assertTrue(bytes < limit, () -> bytes + " bytes in " + ROUNDS + " rounds");
    }

    @ParameterizedTest
    @MethodSource("userland.core.fixture.Setting#natural")
    void aLockThatIsFree(Setting setting) {
        setting.once(setting.config(1).withCpus(1), user -> {
            long mutex = user.allocate(Mutexes.BYTES);
            measure(() -> {
                user.pthread().mutexes().lock(user, mutex);
                user.pthread().mutexes().unlock(user, mutex);
            });
        });
    }

    /** But for the view of the page that is zeroed, which compiled code does not make. */
    @ParameterizedTest
    @MethodSource("userland.core.fixture.Setting#natural")
    void aFreshPageWrittenAndRead(Setting setting) {
        setting.once(setting.config(1).withCpus(1), user -> {
            long[] page = {user.allocate((1 + BATCHES * ROUNDS) * PAGE_BYTES) & -PAGE_BYTES};
            measure(LIMIT_BYTES + ROUNDS * VIEW_BYTES, () -> {
                page[0] += PAGE_BYTES;
                user.store64(page[0], 1);
                assertEquals(1, user.load64(page[0]));
            });
        });
    }

    /** Two threads wait for each other in turn: two switches, two waits, two signals in a round. */
    @ParameterizedTest
    @MethodSource("userland.core.fixture.Setting#natural")
    void aTurn(Setting setting) {
        setting.once(setting.config(1).withCpus(1), user -> {
            long mutex = user.allocate(Mutexes.BYTES);
            long condition = user.allocate(Conditions.BYTES);
            long turn = user.allocate(8);
            Crew crew = Crew.start(user, 1, (own, argument) -> {
                for (int i = 0; i < BATCHES * ROUNDS; i++) {
                    pass(own, mutex, condition, turn, 1);
                }
            });
            measure(() -> pass(user, mutex, condition, turn, 0));
            crew.join();
            assertEquals(0, user.load32(turn));
        });
    }

    private static void pass(User user, long mutex, long condition, long turn, int side) {
        user.pthread().mutexes().lock(user, mutex);
        while (user.load32(turn) != side) {
            user.pthread().conditions().await(user, condition, mutex);
        }
        user.store32(turn, 1 - side);
        user.pthread().conditions().signal(user, condition);
        user.pthread().mutexes().unlock(user, mutex);
    }
}
