// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Crew;
import userland.core.fixture.Session;
import userland.core.fixture.Setting;
import userland.program.User;
import userland.pthread.Barriers;
import userland.pthread.Conditions;
import userland.pthread.Mutexes;
import userland.pthread.Rwlocks;
import userland.pthread.Semaphores;

/** Programs that go wrong when a lock does not exclude or a wake-up is lost; the latter shows as a process still alive. */
class StressTest {
    private static final Map<String, Consumer<User>> PROGRAMS = Map.of("contend", StressTest::contend,
            "turns", StressTest::turns, "crowd", StressTest::crowd, "readers", StressTest::readersAndWriters,
            "rendezvous", StressTest::rendezvous, "ring", StressTest::ring, "posts", StressTest::posts);

    static Stream<Arguments> cases() {
        return PROGRAMS.keySet().stream().sorted()
                .flatMap(program -> Setting.all().map(setting -> Arguments.of(program, setting)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void worksUnderEverySchedule(String program, Setting setting) {
        setting.always(PROGRAMS.get(program));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void worksAcrossSwapsOfTheRevision(String program, Setting setting) {
        for (int seed = 1; seed <= 4; seed++) {
            try (Session session = new Session(setting.config(seed))) {
                var proc = session.spawn((user, args) -> {
                    PROGRAMS.get(program).accept(user);
                    return 0;
                }, setting.argument());
                for (int i = 1; i <= 6; i++) {
                    session.kernel().run(RunLimit.until(i * 40_000L + seed * 1_000L));
                    session.swap("lwp", List.of("1.84", "1.47", "1.76.2.1").get((i + seed) % 3));
                }
                session.run();
                assertEquals("GONE 0 0", proc.state() + " " + proc.exitStatus() + " " + proc.exitSignal(),
                        setting + " seed " + seed + " " + session.output());
            }
        }
    }

    private static void contend(User user) {
        long mutex = user.allocate(Mutexes.BYTES);
        long counter = user.allocate(8);
        Crew.run(user, 4, (own, argument) -> {
            for (int k = 0; k < 25; k++) {
                own.pthread().mutexes().lock(own, mutex);
                int value = own.load32(counter);
                own.compute(700);
                own.store32(counter, value + 1);
                own.pthread().mutexes().unlock(own, mutex);
            }
        });
        assertEquals(100, user.load32(counter));
    }

    /** Without the mutex the same work loses counts: the program above can fail. */
    @Test
    void withoutAMutexCountsAreLost() {
        new Setting("1.84", userland.pthread.Generation.LIBPTHREAD_2020).once(3, user -> {
            long counter = user.allocate(8);
            Crew.run(user, 2, (own, argument) -> {
                for (int k = 0; k < 50; k++) {
                    int value = own.load32(counter);
                    own.compute(700);
                    own.store32(counter, value + 1);
                }
            });
            assertTrue(user.load32(counter) < 100);
        });
    }

    /** Two sides take turns with one condition each, signalling with and without the mutex. */
    private static void turns(User user) {
        long mutex = user.allocate(Mutexes.BYTES);
        long conditions = user.allocate(2 * Conditions.BYTES);
        long turn = user.allocate(8);
        Crew.run(user, 2, (own, side) -> {
            long mine = conditions + side * Conditions.BYTES;
            long theirs = conditions + (1 - side) * Conditions.BYTES;
            for (int k = 0; k < 30; k++) {
                own.pthread().mutexes().lock(own, mutex);
                while (own.load32(turn) != side) {
                    own.pthread().conditions().await(own, mine, mutex);
                }
                own.store32(turn, (int) (1 - side));
                boolean inside = k % 2 == 0;
                if (inside) {
                    own.pthread().conditions().signal(own, theirs);
                }
                own.pthread().mutexes().unlock(own, mutex);
                if (!inside) {
                    own.pthread().conditions().signal(own, theirs);
                }
            }
        });
    }

    /** Many wait on one condition; signals come from several threads at once, without the mutex. */
    private static void crowd(User user) {
        long mutex = user.allocate(Mutexes.BYTES);
        long condition = user.allocate(Conditions.BYTES);
        long tickets = user.allocate(8);
        Crew.run(user, 9, (own, index) -> {
            if (index < 6) {
                own.pthread().mutexes().lock(own, mutex);
                while (own.load32(tickets) == 0) {
                    own.pthread().conditions().await(own, condition, mutex);
                }
                own.fetchAdd32(tickets, -1);
                own.pthread().mutexes().unlock(own, mutex);
                return;
            }
            for (int k = 0; k < 2; k++) {
                own.compute(3_000 * (index - 5));
                own.pthread().mutexes().lock(own, mutex);
                own.fetchAdd32(tickets, 1);
                own.pthread().mutexes().unlock(own, mutex);
                own.pthread().conditions().signal(own, condition);
            }
        });
        assertEquals(0, user.load32(tickets));
    }

    /** Writers exclude everybody, readers only writers; some give up waiting. */
    private static void readersAndWriters(User user) {
        long lock = user.allocate(Rwlocks.BYTES);
        long inside = user.allocate(8);
        Crew.run(user, 6, (own, index) -> {
            Rwlocks locks = own.pthread().rwlocks();
            boolean write = index < 2;
            int weight = write ? 100 : 1;
            for (int k = 0; k < 6; k++) {
                long until = own.realtimeNanos() + (k % 3 == 2 ? 2_000 : 1_000_000_000);
                int error = write ? locks.timedWriteLock(own, lock, until) : locks.timedReadLock(own, lock, until);
                if (error == 0) {
                    int before = own.fetchAdd32(inside, weight);
                    own.compute(900);
                    assertTrue(write ? before == 0 : before < 100, () -> "inside were " + before);
                    own.fetchAdd32(inside, -weight);
                    assertEquals(0, locks.unlock(own, lock));
                }
            }
        });
        assertEquals(0, user.pthread().rwlocks().destroy(user, lock));
    }

    private static void rendezvous(User user) {
        long barrier = user.allocate(Barriers.BYTES);
        long serials = user.allocate(8);
        user.pthread().barriers().init(user, barrier, 5);
        Crew.run(user, 5, (own, index) -> {
            for (int round = 0; round < 4; round++) {
                own.compute(500 * (index + 1));
                if (own.pthread().barriers().await(own, barrier) == Barriers.SERIAL_THREAD) {
                    own.fetchAdd32(serials, 1);
                }
            }
        });
        assertEquals(4, user.load32(serials));
        assertEquals(0, user.pthread().barriers().destroy(user, barrier));
    }

    /** A token goes round a ring of semaphores: section 8, rows 22 and 23. */
    private static void ring(User user) {
        int seats = 5;
        long semaphores = user.allocate((long) seats * Semaphores.BYTES);
        long hops = user.allocate(8);
        for (int i = 0; i < seats; i++) {
            user.pthread().semaphores().init(user, semaphores + (long) i * Semaphores.BYTES, i == 0 ? 1 : 0);
        }
        Crew.run(user, seats, (own, seat) -> {
            for (int round = 0; round < 12; round++) {
                assertEquals(0, own.pthread().semaphores().await(own, semaphores + seat * Semaphores.BYTES));
                own.store32(hops, own.load32(hops) + 1);
                own.pthread().semaphores().post(own, semaphores + (seat + 1) % seats * Semaphores.BYTES);
            }
        });
        assertEquals(12 * seats, user.load32(hops));
    }

    /** One side posts at ever different moments of the other one's way into its wait. */
    private static void posts(User user) {
        long semaphores = user.allocate(2 * Semaphores.BYTES);
        user.pthread().semaphores().init(user, semaphores, 0);
        user.pthread().semaphores().init(user, semaphores + Semaphores.BYTES, 0);
        Crew.run(user, 2, (own, side) -> {
            long mine = semaphores + side * Semaphores.BYTES;
            long theirs = semaphores + (1 - side) * Semaphores.BYTES;
            for (int round = 0; round < 300; round++) {
                if (side == 1) {
                    own.pthread().semaphores().post(own, theirs);
                } else {
                    own.compute(round * 15);
                }
                assertEquals(0, own.pthread().semaphores().await(own, mine));
                if (side == 0) {
                    own.pthread().semaphores().post(own, theirs);
                }
            }
        });
    }
}
