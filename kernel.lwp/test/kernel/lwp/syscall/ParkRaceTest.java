// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parks and wake-ups that meet, on several CPUs and under several seeds. */
class ParkRaceTest {
    private static final long MS = 1_000_000L;
    private static final int SWEEP_NANOS = 6_000;
    private static final int STEP_NANOS = 100;
    private static final int SEEDS = 6;

    private static void always(String lwp, Consumer<User> main) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            try (TestKernel kernel = new TestKernel(TestKernel.config(lwp).withCpus(1 + seed % 3).withSeed(seed))) {
                kernel.runToEnd(main);
            }
        }
    }

    private static int park(User user, long time, long hint) {
        boolean old = user.lwp().proc().processes().revision().provides("___lwp_park50");
        return old ? user.call("___lwp_park50", time, 0, hint, 0) : user.call("___lwp_park60", 0, 1, time, 0, hint, 0);
    }

    /** A time of the wall clock that many nanoseconds from now. */
    private static long fromNow(User user, long nanos) {
        assertEquals(0, user.call("__clock_gettime50", 0, user.scratch() + 1024));
        return user.timespec(1024, user.timeAt(user.scratch() + 1024) + nanos);
    }

    /** A relative time that is passed as an absolute one is long past; the other way round it never comes. */
    @ParameterizedTest
    @CsvSource({
        // flags, nanoseconds from now or in all, milliseconds that it may last
        "0, 50, in all, 50, 70",
        "1, 50, from now, 40, 70",
        "1, 50, in all, 0, 0",
        "0, 50, from now, 1040, 1090"
    })
    void aTimeIsWhatItsFlagSays(int flags, long millis, String counted, long least, long most) {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.runToEnd(user -> {
                user.sleep(990 * MS);
                long start = user.lwp().proc().processes().engine().nowNanos();
                long nanos = millis * MS + (counted.equals("in all") ? 0 : start);
                assertEquals(Errno.ETIMEDOUT, user.call("___lwp_park60", 3, flags, user.timespec(0, nanos), 0, 0, 0));
                long lasted = (user.lwp().proc().processes().engine().nowNanos() - start) / MS;
                assertTrue(lasted >= least && lasted <= most, () -> "it lasted " + lasted + " ms");
            });
        }
    }

    /** Unparks come at and around the tick in which the time comes: every park returns, whichever of them wins. */
    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void everyTimedParkReturns(String lwp) {
        Set<Integer> seen = new TreeSet<>();
        always(lwp, user -> {
            int[] lids = new int[12];
            for (int i = 0; i < lids.length; i++) {
                int index = i;
                lids[i] = user.create(own -> {
                    for (int round = 0; round < 10; round++) {
                        seen.add(park(own, fromNow(own, (10 + index) * MS), 0));
                    }
                });
            }
            for (int round = 0; round < 10; round++) {
                user.sleep((1 + 3 * round) * MS);
                for (int lid : lids) {
                    user.unpark(lid, 0);
                    user.compute(700_000);
                }
            }
            for (int lid : lids) {
                assertEquals(0, user.await(lid));
            }
        });
        assertTrue(Set.of(0, Errno.EALREADY, Errno.ETIMEDOUT).containsAll(seen) && seen.contains(Errno.ETIMEDOUT),
                seen::toString);
    }

    /** Several tokens go round a ring of LWPs; each one parks until the one before it hands one on. */
    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void noTokenOfARingIsLost(String lwp) {
        always(lwp, user -> {
            int[] lids = new int[6];
            long counts = user.map(4096);
            for (int i = 0; i < lids.length; i++) {
                int index = i;
                lids[i] = user.create(own -> passOn(own, counts, index, lids));
            }
            user.store(counts, 1);
            user.unpark(lids[0], counts);
            for (int lid : lids) {
                assertEquals(0, user.await(lid));
            }
            assertEquals(101, user.load(counts));
        });
    }

    private static void passOn(User own, long counts, int index, int[] lids) {
        int next = (index + 1) % lids.length;
        for (int round = 1; round <= 100; round++) {
            while (own.load(counts + 4L * index) < round) {
                own.park(counts);
            }
            int wanted = next == 0 ? round + 1 : round;
            own.store(counts + 4L * next, wanted);
            own.unpark(lids[next], counts);
        }
    }

    /** Queueing and blocking are one step for others: a wakeup finds an LWP that runs or one that it can wake. */
    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void aWakeupNeverFindsAParkThatCannotBeInterrupted(String lwp) {
        Set<Integer> seen = new TreeSet<>();
        for (int delay = 0; delay < SWEEP_NANOS; delay += STEP_NANOS) {
            int nanos = delay;
            try (TestKernel kernel = new TestKernel(lwp, 2)) {
                kernel.runToEnd(user -> {
                    long go = user.map(4096);
                    int lid = user.create(own -> {
                        meet(own, go, 0);
                        own.compute(SWEEP_NANOS / 2);
                        own.park(go);
                    });
                    meet(user, go, 4);
                    user.compute(nanos);
                    seen.add(user.call("_lwp_wakeup", lid));
                    user.await(lid);
                });
            }
        }
        assertEquals(Set.of(0, Errno.ENODEV), seen);
    }

    /** Two LWPs on CPUs of their own go on at the same time. */
    private static void meet(User user, long flags, int mine) {
        user.store(flags + mine, 1);
        while (user.load(flags + 4 - mine) == 0) {
            user.compute(STEP_NANOS);
        }
    }
}
