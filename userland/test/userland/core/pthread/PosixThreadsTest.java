// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.ToIntFunction;
import kernel.lwp.kernel.KernelConfig;
import kernel.sched.errno.Errno;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import userland.core.fixture.Session;
import userland.program.Threads;
import userland.program.User;

class PosixThreadsTest {
    private static final String WELL = "GONE 0 0";
    private static final int SEEDS = 12;

    private static KernelConfig config(String revision, int seed) {
        return KernelConfig.standard().withLwp(revision).withSched(seed % 2 == 0 ? "4bsd" : "m2").withCpus(1 + seed % 4)
                .withSeed(seed).withMemoryBytes(16 << 20);
    }

    /** Runs a program under many seeds, CPU counts and both schedulers; its result must be 0 every time. */
    private static void always(String revision, ToIntFunction<User> body) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            try (Session session = new Session(config(revision, seed))) {
                assertEquals(WELL, session.runToEnd((user, args) -> body.applyAsInt(user)),
                        "revision " + revision + " seed " + seed);
            }
        }
    }

    /** The same with the revision swapped there and back again while it runs. */
    private static void acrossSwaps(ToIntFunction<User> body) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            try (Session session = new Session(config(seed % 2 == 0 ? "1.47" : "1.84", seed))) {
                var proc = session.spawn((user, args) -> body.applyAsInt(user));
                for (int i = 1; i <= 6; i++) {
                    session.kernel().run(RunLimit.until(i * 40_000L + seed * 1_000L));
                    session.swap("lwp", (i + seed) % 2 == 0 ? "1.84" : "1.47");
                }
                session.run();
                assertEquals(WELL, proc.state() + " " + proc.exitStatus() + " " + proc.exitSignal(), "seed " + seed);
            }
        }
    }

    private static int contend(User user) {
        Threads threads = user.threads();
        long mutex = user.allocate(Threads.MUTEX_BYTES);
        long counter = user.allocate(8);
        long[] started = new long[4];
        for (int i = 0; i < started.length; i++) {
            started[i] = threads.create(user, (own, argument) -> {
                for (int k = 0; k < 25; k++) {
                    threads.lock(own, mutex);
                    int value = own.load32(counter);
                    own.compute(700);
                    own.store32(counter, value + 1);
                    threads.unlock(own, mutex);
                }
            }, i);
        }
        for (long thread : started) {
            threads.join(user, thread);
        }
        return user.load32(counter) == 100 ? 0 : 1;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.84"})
    void aMutexExcludes(String revision) {
        always(revision, PosixThreadsTest::contend);
    }

    @Test
    void aMutexExcludesAcrossSwapsOfTheRevision() {
        acrossSwaps(PosixThreadsTest::contend);
    }

    /** Without the mutex the same program loses counts: the test above can fail. */
    @Test
    void withoutAMutexCountsAreLost() {
        try (Session session = new Session(config("1.84", 3))) {
            assertEquals(WELL, session.runToEnd((user, args) -> {
                long counter = user.allocate(8);
                long other = user.threads().create(user, (own, argument) -> add(own, counter), 0);
                add(user, counter);
                user.threads().join(user, other);
                return user.load32(counter) < 100 ? 0 : 1;
            }));
        }
    }

    private static void add(User user, long counter) {
        for (int k = 0; k < 50; k++) {
            int value = user.load32(counter);
            user.compute(700);
            user.store32(counter, value + 1);
        }
    }

    /** Two sides take turns with one condition each; a lost wake-up stops the run, which shows as "ACTIVE". */
    private static int turns(User user) {
        Threads threads = user.threads();
        long mutex = user.allocate(Threads.MUTEX_BYTES);
        long conditions = user.allocate(2 * Threads.CONDITION_BYTES);
        long turn = user.allocate(8);
        long other = threads.create(user, (own, argument) -> play(own, mutex, conditions, turn, 1), 0);
        play(user, mutex, conditions, turn, 0);
        return threads.join(user, other);
    }

    private static void play(User user, long mutex, long conditions, long turn, int side) {
        Threads threads = user.threads();
        for (int k = 0; k < 30; k++) {
            threads.lock(user, mutex);
            while (user.load32(turn) != side) {
                threads.await(user, conditions + (long) side * Threads.CONDITION_BYTES, mutex);
            }
            user.store32(turn, 1 - side);
            boolean signalInside = k % 2 == 0;
            if (signalInside) {
                threads.signal(user, conditions + (1L - side) * Threads.CONDITION_BYTES);
            }
            threads.unlock(user, mutex);
            if (!signalInside) {
                threads.signal(user, conditions + (1L - side) * Threads.CONDITION_BYTES);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.84"})
    void noSignalIsLost(String revision) {
        always(revision, PosixThreadsTest::turns);
    }

    @Test
    void noSignalIsLostAcrossSwapsOfTheRevision() {
        acrossSwaps(PosixThreadsTest::turns);
    }

    /** Many wait on one condition; signals come from several threads at once, without the mutex. */
    private static int crowd(User user) {
        Threads threads = user.threads();
        long mutex = user.allocate(Threads.MUTEX_BYTES);
        long condition = user.allocate(Threads.CONDITION_BYTES);
        long tickets = user.allocate(8);
        long[] waiters = new long[6];
        for (int i = 0; i < waiters.length; i++) {
            waiters[i] = threads.create(user, (own, argument) -> {
                threads.lock(own, mutex);
                while (own.load32(tickets) == 0) {
                    threads.await(own, condition, mutex);
                }
                own.fetchAdd32(tickets, -1);
                threads.unlock(own, mutex);
            }, 0);
        }
        long[] givers = new long[3];
        for (int i = 0; i < givers.length; i++) {
            givers[i] = threads.create(user, (own, argument) -> {
                for (int k = 0; k < 2; k++) {
                    own.compute(3_000 * (argument + 1));
                    threads.lock(own, mutex);
                    own.fetchAdd32(tickets, 1);
                    threads.unlock(own, mutex);
                    threads.signal(own, condition);
                }
            }, i);
        }
        for (long thread : waiters) {
            threads.join(user, thread);
        }
        for (long thread : givers) {
            threads.join(user, thread);
        }
        return user.load32(tickets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.84"})
    void concurrentSignalsReachAsManyWaiters(String revision) {
        always(revision, PosixThreadsTest::crowd);
    }

    @Test
    void concurrentSignalsReachAsManyWaitersAcrossSwaps() {
        acrossSwaps(PosixThreadsTest::crowd);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.84"})
    void aTimedWaitEndsAfterItsTime(String revision) {
        always(revision, user -> {
            long mutex = user.allocate(Threads.MUTEX_BYTES);
            long condition = user.allocate(Threads.CONDITION_BYTES);
            long until = user.monotonicNanos() + 15_000_000;
            user.threads().lock(user, mutex);
            int error = user.threads().awaitUntil(user, condition, mutex, until);
            boolean late = user.monotonicNanos() >= until;
            return error == Errno.ETIMEDOUT && late && user.threads().unlock(user, mutex) == 0 ? 0 : 1;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.84"})
    void aBroadcastWakesAllAndABarrierNamesOne(String revision) {
        always(revision, user -> {
            long barrier = user.allocate(Threads.BARRIER_BYTES);
            long serials = user.allocate(8);
            assertEquals(Errno.EINVAL, user.threads().barrierInit(user, barrier, 0));
            user.threads().barrierInit(user, barrier, 5);
            long[] started = new long[4];
            for (int i = 0; i < started.length; i++) {
                started[i] = user.threads().create(user, (own, argument) -> meet(own, barrier, serials), i);
            }
            meet(user, barrier, serials);
            for (long thread : started) {
                user.threads().join(user, thread);
            }
            return user.load32(serials) == 3 ? 0 : 1;
        });
    }

    private static void meet(User user, long barrier, long serials) {
        for (int round = 0; round < 3; round++) {
            user.compute(500L * user.lid());
            if (user.threads().barrierWait(user, barrier) == Threads.SERIAL_THREAD) {
                user.fetchAdd32(serials, 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.84"})
    void writersExcludeEverybodyAndReadersOnlyWriters(String revision) {
        always(revision, user -> {
            long lock = user.allocate(Threads.RWLOCK_BYTES);
            long inside = user.allocate(8);
            long wrong = user.allocate(8);
            long[] started = new long[5];
            for (int i = 0; i < started.length; i++) {
                started[i] = user.threads().create(user, (own, argument) -> {
                    for (int k = 0; k < 5; k++) {
                        readOrWrite(own, lock, inside, wrong, argument == 0);
                    }
                }, i);
            }
            for (long thread : started) {
                user.threads().join(user, thread);
            }
            return user.load32(wrong);
        });
    }

    private static void readOrWrite(User user, long lock, long inside, long wrong, boolean write) {
        int weight = write ? 100 : 1;
        if (write) {
            user.threads().writeLock(user, lock);
        } else {
            user.threads().readLock(user, lock);
        }
        int before = user.fetchAdd32(inside, weight);
        user.compute(900);
        if (write && before != 0 || before >= 100) {
            user.store32(wrong, 1);
        }
        user.fetchAdd32(inside, -weight);
        user.threads().rwUnlock(user, lock);
    }

    @Test
    void kindsOfMutexDifferWhenLockedAgain() {
        always("1.84", user -> {
            Threads threads = user.threads();
            long normal = user.allocate(Threads.MUTEX_BYTES);
            long recursive = user.allocate(Threads.MUTEX_BYTES);
            threads.mutexInit(user, recursive, Threads.RECURSIVE);
            assertEquals(Errno.EPERM, threads.unlock(user, normal));
            assertEquals(0, threads.tryLock(user, normal));
            assertEquals(Errno.EDEADLK, threads.lock(user, normal));
            assertEquals(Errno.EBUSY, threads.tryLock(user, normal));
            assertEquals(0, threads.unlock(user, normal));
            assertEquals(0, threads.lock(user, recursive));
            assertEquals(0, threads.lock(user, recursive));
            assertEquals(0, threads.tryLock(user, recursive));
            for (int i = 0; i < 3; i++) {
                assertEquals(0, threads.unlock(user, recursive));
            }
            return threads.unlock(user, recursive) == Errno.EPERM ? 0 : 1;
        });
    }

    @Test
    void waitingWithoutTheMutexIsRefused() {
        always("1.84", user -> user.threads().await(user, user.allocate(Threads.CONDITION_BYTES),
                user.allocate(Threads.MUTEX_BYTES)) == Errno.EPERM ? 0 : 1);
    }

    @Test
    void memoryOfDetachedThreadsIsUsedAgain() {
        try (Session session = new Session(config("1.84", 1))) {
            assertEquals(WELL, session.runToEnd((user, args) -> {
                long first = user.threads().create(user, (own, argument) -> { }, 0);
                assertEquals(0, user.threads().detach(user, first));
                assertEquals(Errno.EINVAL, user.threads().detach(user, first));
                user.sleepUntil(user.monotonicNanos() + 20_000_000);
                long second = user.threads().create(user, (own, argument) -> { }, 0);
                assertEquals(first, second);
                return user.threads().join(user, second);
            }));
        }
    }

    @Test
    void aForkedChildCanUseTheLibrary() {
        always("1.47", user -> {
            long mutex = user.allocate(Threads.MUTEX_BYTES);
            user.threads().lock(user, mutex);
            user.threads().unlock(user, mutex);
            int child = user.fork((own, argument) -> own.exit(contend(own)));
            long status = user.allocate(8);
            return user.waitChild(child, status) == child ? user.load32(status) : 1;
        });
    }
}
