// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.machine.UserContext;
import kernel.lwp.proc.Clocks;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.LwpFlag;
import kernel.lwp.proc.LwpLife;
import kernel.sched.errno.Errno;
import kernel.sched.task.TaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Park, unpark and unpark_all: check order, errors, pending bits, timeouts, and the traces of the reference. */
class ParkTest {
    private static final int ABSTIME = 1;
    private static final int REALTIME = 0;
    private static final int MONOTONIC = 3;
    private static final long MS = 1_000_000L;
    private static final long BAD = 0xdead_0000L;

    private static void main(String lwp, int cpus, java.util.function.Consumer<User> main) {
        try (TestKernel kernel = new TestKernel(lwp, cpus)) {
            kernel.runToEnd(main);
        }
    }

    /** Trace A. */
    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void unparkBeforePark(String lwp) {
        main(lwp, 2, user -> {
            int[] result = {-1, -1};
            int a = user.create(child -> {
                child.compute(5 * MS);
                result[0] = child.park(7);
                result[1] = child.park(7);
            });
            user.compute(1 * MS);
            assertEquals(0, user.unpark(a, 7));
            user.sleep(100 * MS);
            assertEquals(Errno.EALREADY, result[0]);
            assertEquals(-1, result[1]);
            assertEquals(0, user.unpark(a, 7));
            assertEquals(0, user.await(a));
            assertEquals(0, result[1]);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void twoUnparksArePendingOnce(String lwp) {
        main(lwp, 1, user -> {
            int self = user.lwp().lid();
            assertEquals(0, user.unpark(self, 0));
            assertEquals(0, user.unpark(self, 0));
            assertEquals(Errno.EALREADY, user.park(0));
            assertEquals(Errno.ETIMEDOUT, timed(user, lwp, 20 * MS));
        });
    }

    /** Parks with a timeout from now, through the revision's own call. */
    private static int timed(User user, String lwp, long nanos) {
        if (lwp.equals("1.47")) {
            long now = user.lwp().proc().processes().clocks().nanos(REALTIME);
            return user.call("___lwp_park50", user.timespec(256, now + nanos), 0, 0, 0);
        }
        return user.call("___lwp_park60", MONOTONIC, 0, user.timespec(256, nanos), 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void aWrongHintOnlyCostsTime(String lwp) {
        main(lwp, 1, user -> {
            int[] result = {-1};
            int a = user.create(child -> result[0] = child.park(0x1000));
            user.sleep(20 * MS);
            assertEquals(0, user.unpark(a, 0x123456));
            assertEquals(0, user.await(a));
            assertEquals(0, result[0]);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void unparkingNobody(String lwp) {
        main(lwp, 1, user -> {
            assertEquals(Errno.ESRCH, user.unpark(99, 0));
            assertEquals(Errno.ESRCH, user.unpark(0, 0));
            assertEquals(Errno.ESRCH, user.unpark(-1, 0));
        });
    }

    @ParameterizedTest
    @CsvSource({"1.47, 3, false", "1.76.2.1, 0, true", "1.84, 3, false"})
    void unparkingAZombie(String lwp, int errno, boolean pending) {
        main(lwp, 1, user -> {
            int zombie = user.create(child -> { });
            user.sleep(20 * MS);
            assertEquals(errno, user.unpark(zombie, 0));
            assertEquals(pending, unparkPending(user, zombie));
            assertEquals(0, user.await(zombie));
            assertEquals(Errno.ESRCH, user.unpark(zombie, 0));
        });
    }

    /** An LWP that was created and not started yet. */
    @ParameterizedTest
    @CsvSource({"1.47, 3, 0", "1.76.2.1, 0, 37", "1.84, 3, 0"})
    void unparkingAnEmbryo(String lwp, int errno, int firstPark) {
        main(lwp, 1, user -> {
            int[] result = {-1};
            LwpLife life = user.lwp().proc().processes().lwpLife();
            Lwp embryo = life.create(user.lwp(), false, 0);
            UserContext context = new UserContext();
            long at = user.context(child -> result[0] = child.park(0), 0);
            byte[] bytes = new byte[user.lwp().proc().processes().codec().size()];
            assertEquals(0, user.lwp().frame().memory().copyin(at, bytes, 0, bytes.length));
            user.lwp().proc().processes().codec().load(bytes, context);
            embryo.begin(user.lwp(), context);
            assertEquals(TaskState.LSIDL, embryo.state());
            assertEquals(errno, user.unpark(embryo.lid(), 0));
            assertEquals(errno == 0, unparkPending(user, embryo.lid()));
            life.start(user.lwp(), embryo, 0);
            user.sleep(20 * MS);
            if (firstPark == 0) {
                assertEquals(-1, result[0]);
                assertEquals(0, user.unpark(embryo.lid(), 0));
            }
            assertEquals(0, user.await(embryo.lid()));
            assertEquals(firstPark, result[0]);
        });
    }

    private static boolean unparkPending(User user, int lid) {
        return (user.lwp().proc().anyLwp(lid).flags() & LwpFlag.LW_UNPARKED) != 0;
    }

    @Test
    void park50ChecksInOrder() {
        main("1.47", 1, user -> {
            long valid = user.timespec(256, 1);
            assertEquals(Errno.EFAULT, user.call("___lwp_park50", BAD, 99, 0, 0));
            assertEquals(Errno.ESRCH, user.call("___lwp_park50", valid, 99, 0, 0));
            long invalid = user.scratch() + 300;
            user.storeLong(invalid, 5);
            user.storeLong(invalid + 8, 1_000_000_000L);
            assertEquals(Errno.EINVAL, user.call("___lwp_park50", invalid, 0, 0, 0));
            assertEquals(Errno.ETIMEDOUT, user.call("___lwp_park50", valid, 0, 0, 0));
            user.unpark(user.lwp().lid(), 0);
            assertEquals(Errno.ETIMEDOUT, user.call("___lwp_park50", valid, 0, 0, 0));
            assertEquals(Errno.EALREADY, user.call("___lwp_park50", 0, 0, 0, 0));
            assertEquals(Errno.ENOSYS, user.call("___lwp_park60", MONOTONIC, 0, 0, 0, 0, 0));
        });
    }

    @ParameterizedTest
    @CsvSource({
        // clock, flags, seconds, nanoseconds, errno of 1.76.2.1, errno of 1.84
        "3, 0, 0, 1000000000, 22, 22",
        "3, 0, 0, -1, 22, 22",
        "9, 0, 1, 0, 22, 22",
        "9, 1, 1, 0, 22, 22",
        "3, 0, -1, 0, 60, 60",
        "3, 0, 0, 0, 60, 60",
        "3, 1, 0, 0, 60, 60",
        "3, 2, 0, 1, 60, 60",
        "0, 1, 1, 0, 60, 60",
        "0x20000063, 0, 1, 0, 3, 3",
        "0x40000063, 0, 1, 0, 3, 3",
        "3, 0, 0, 1, 60, 60",
        // Bad nanoseconds are seen before the clock is read since 1.84.
        "0x20000063, 0, 1, -1, 3, 22",
        // The subtraction of now makes them good in 1.76.2.1: the sleep ends at 1 s and at 0.999999999 s.
        "3, 1, 0, 1000000000, 60, 22",
        "3, 1, 1, -1, 60, 22",
        "3, 1, 0, 2000000000, 22, 22",
        "3, 1, 1, -1000000000, 22, 22",
    })
    void park60ConvertsItsTimeout(String clock, int flags, long seconds, long nanos, int errno2020, int errno2023) {
        assertEquals(errno2020, timedOn("1.76.2.1", Integer.decode(clock), flags, seconds, nanos));
        assertEquals(errno2023, timedOn("1.84", Integer.decode(clock), flags, seconds, nanos));
    }

    private static int timedOn(String lwp, int clock, int flags, long seconds, long nanos) {
        int[] result = {-1};
        main(lwp, 1, user -> {
            user.sleep(20 * MS);
            long at = user.scratch() + 256;
            user.storeLong(at, seconds);
            user.storeLong(at + 8, nanos);
            result[0] = user.call("___lwp_park60", clock, flags, at, 0, 0, 0);
        });
        return result[0];
    }

    /** The start of time minus now overflows: 1.84 sees it, 1.76.2.1 sleeps until somebody unparks it. */
    @ParameterizedTest
    @CsvSource({"1.76.2.1, true, 0", "1.84, false, 22"})
    void anAbsoluteTimeOverflows(String lwp, boolean sleeps, int errno) {
        main(lwp, 1, user -> {
            int[] result = {-1};
            int a = user.create(child -> {
                child.sleep(20 * MS);
                long at = child.scratch() + 256;
                child.storeLong(at, Long.MIN_VALUE);
                child.storeLong(at + 8, 0);
                result[0] = child.call("___lwp_park60", MONOTONIC, ABSTIME, at, 0, 0, 0);
            });
            user.sleep(2000 * MS);
            Lwp sleeper = user.lwp().proc().anyLwp(a);
            assertEquals(sleeps ? TaskState.LSSLEEP : TaskState.LSZOMB, sleeper.state());
            assertEquals(sleeps, sleeper.parked());
            user.unpark(a, 0);
            assertEquals(0, user.await(a));
            assertEquals(errno, result[0]);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.76.2.1", "1.84"})
    void park60ChecksInOrder(String lwp) {
        main(lwp, 1, user -> {
            long invalid = user.scratch() + 300;
            user.storeLong(invalid, 5);
            user.storeLong(invalid + 8, 1_000_000_000L);
            assertEquals(Errno.EFAULT, user.call("___lwp_park60", 99, 0, BAD, 99, 0, 0));
            assertEquals(Errno.ESRCH, user.call("___lwp_park60", 99, 0, invalid, 99, 0, 0));
            assertEquals(Errno.EINVAL, user.call("___lwp_park60", MONOTONIC, 0, invalid, 0, 0, 0));
            assertEquals(Errno.ENOSYS, user.call("___lwp_park50", 0, 0, 0, 0));
        });
    }

    /** The unpark step runs before the timeout is looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"1.76.2.1", "1.84"})
    void anInvalidTimeoutStillWakesTheTarget(String lwp) {
        main(lwp, 1, user -> {
            int[] result = {-1};
            int a = user.create(child -> result[0] = child.park(0));
            user.sleep(20 * MS);
            long invalid = user.scratch() + 300;
            user.storeLong(invalid + 8, -1);
            assertEquals(Errno.EINVAL, user.call("___lwp_park60", MONOTONIC, 0, invalid, a, 0, 0));
            assertEquals(0, user.await(a));
            assertEquals(0, result[0]);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.76.2.1", "1.84"})
    void aRelativeTimeoutSaysWhatIsLeft(String lwp) {
        main(lwp, 2, user -> {
            int[] result = {-1};
            long[] left = new long[1];
            int a = user.create(child -> {
                long at = child.timespec(256, 500 * MS);
                result[0] = child.call("___lwp_park60", MONOTONIC, 0, at, 0, 0, 0);
                left[0] = child.timeAt(at);
            });
            user.compute(100 * MS);
            assertEquals(0, user.unpark(a, 0));
            assertEquals(0, user.await(a));
            assertEquals(0, result[0]);
            assertTrue(left[0] > 390 * MS && left[0] < 401 * MS, () -> "left " + left[0]);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.76.2.1", "1.84"})
    void aTimeoutLeavesNothing(String lwp) {
        main(lwp, 1, user -> {
            long at = user.timespec(256, 30 * MS);
            assertEquals(Errno.ETIMEDOUT, user.call("___lwp_park60", MONOTONIC, 0, at, 0, 0, 0));
            assertEquals(0, user.timeAt(at));
            long absolute = user.timespec(256, Clocks.BOOT_REALTIME_NANOS + 500 * MS);
            assertEquals(Errno.ETIMEDOUT, user.call("___lwp_park60", REALTIME, ABSTIME, absolute, 0, 0, 0));
            assertEquals(Clocks.BOOT_REALTIME_NANOS + 500 * MS, user.timeAt(absolute));
        });
    }

    /** Trace D: wakeup then unpark. */
    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void wakeupThenUnpark(String lwp) {
        main(lwp, 1, user -> {
            int[] result = {-1, -1, -1};
            long flag = user.map(4096);
            int a = user.create(child -> {
                result[0] = child.park(0);
                while (child.load(flag) == 0) {
                    child.compute(MS);
                }
                result[1] = child.park(0);
                result[2] = child.park(0);
            });
            user.sleep(20 * MS);
            assertEquals(0, user.call("_lwp_wakeup", a));
            assertEquals(0, user.unpark(a, 0));
            user.store(flag, 1);
            user.sleep(200 * MS);
            assertEquals(Errno.EINTR, result[0]);
            assertEquals(Errno.EALREADY, result[1]);
            assertEquals(-1, result[2]);
            assertEquals(0, user.unpark(a, 0));
            assertEquals(0, user.await(a));
        });
    }

    /** Trace F: one is parked, one is missing, one runs. */
    @ParameterizedTest
    @CsvSource({"1.47, 0", "1.76.2.1, 3", "1.84, 3"})
    void unparkAllTriesEverybody(String lwp, int errno) {
        main(lwp, 1, user -> {
            int[] result = {-1, -1};
            int a = user.create(child -> result[0] = child.park(5));
            int b = user.create(child -> {
                child.sleep(100 * MS);
                result[1] = child.park(5);
            });
            user.sleep(20 * MS);
            long list = user.scratch() + 64;
            user.store(list, a);
            user.store(list + 4, 4711);
            user.store(list + 8, b);
            assertEquals(errno, user.call("_lwp_unpark_all", list, 3, 5));
            assertEquals(0, user.await(a));
            assertEquals(0, user.await(b));
            assertEquals(0, result[0]);
            assertEquals(Errno.EALREADY, result[1]);
        });
    }

    /** Trace F with a zombie at the end of the list, with and without the missing one. */
    @ParameterizedTest
    @CsvSource({
        // revision, with the missing id, errno, bit on the zombie
        "1.47, true, 0, false", "1.76.2.1, true, 3, true", "1.84, true, 3, false",
        "1.47, false, 0, false", "1.76.2.1, false, 0, true", "1.84, false, 3, false",
    })
    void unparkAllMeetsAZombie(String lwp, boolean missing, int errno, boolean pending) {
        main(lwp, 1, user -> {
            int[] result = {-1};
            int a = user.create(child -> result[0] = child.park(5));
            int zombie = user.create(child -> { });
            user.sleep(20 * MS);
            long list = user.scratch() + 64;
            user.store(list, missing ? 4711 : a);
            user.store(list + 4, a);
            user.store(list + 8, zombie);
            assertEquals(errno, user.call("_lwp_unpark_all", missing ? list : list + 4, missing ? 3 : 2, 5));
            assertEquals(pending, unparkPending(user, zombie));
            assertEquals(0, user.await(a));
            assertEquals(0, user.await(zombie));
            assertEquals(0, result[0]);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void aDuplicateLeavesAnUnparkPending(String lwp) {
        main(lwp, 1, user -> {
            int[] result = {-1, -1};
            int a = user.create(child -> {
                result[0] = child.park(5);
                result[1] = child.park(5);
            });
            user.sleep(20 * MS);
            long list = user.scratch() + 64;
            user.store(list, a);
            user.store(list + 4, a);
            assertEquals(0, user.call("_lwp_unpark_all", list, 2, 5));
            assertEquals(0, user.await(a));
            assertEquals(0, result[0]);
            assertEquals(Errno.EALREADY, result[1]);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void unparkAllChecksItsCount(String lwp) {
        main(lwp, 1, user -> {
            assertEquals(1024, user.value("_lwp_unpark_all", 0, 0, 0));
            assertEquals(1024, user.value("_lwp_unpark_all", 0, 5000, 0));
            assertEquals(Errno.EINVAL, user.call("_lwp_unpark_all", BAD, 0, 0));
            assertEquals(Errno.EINVAL, user.call("_lwp_unpark_all", BAD, 1025, 0));
            assertEquals(Errno.EINVAL, user.call("_lwp_unpark_all", BAD, -1, 0));
            assertEquals(Errno.EFAULT, user.call("_lwp_unpark_all", BAD, 1024, 0));
            long list = user.scratch();
            user.store(list, user.lwp().lid());
            assertEquals(0, user.call("_lwp_unpark_all", list, (1L << 32) + 1, 0));
            assertEquals(Errno.EALREADY, user.park(0));
        });
    }

    /** Trace B: many races of parking against unparking on two CPUs; no wake is lost, none is invented. */
    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void handOverLosesNothing(String lwp) {
        main(lwp, 2, user -> {
            int rounds = 300;
            int main = user.lwp().lid();
            long turn = user.map(4096);
            int other = user.create(child -> {
                for (int i = 0; i < rounds; i++) {
                    while (child.load(turn) != 2 * i + 1) {
                        child.park(turn);
                    }
                    child.store(turn, 2 * i + 2);
                    child.unpark(main, turn);
                }
            });
            for (int i = 0; i < rounds; i++) {
                user.store(turn, 2 * i + 1);
                user.unpark(other, turn);
                while (user.load(turn) != 2 * i + 2) {
                    user.park(turn);
                }
            }
            assertEquals(0, user.await(other));
        });
    }
}
