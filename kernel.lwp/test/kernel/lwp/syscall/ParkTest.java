// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.proc.Clocks;
import kernel.sched.errno.Errno;
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
    @ValueSource(strings = {"1.47", "1.84"})
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
    @ValueSource(strings = {"1.47", "1.84"})
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
    @ValueSource(strings = {"1.47", "1.84"})
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
    @ValueSource(strings = {"1.47", "1.84"})
    void unparkingNobody(String lwp) {
        main(lwp, 1, user -> {
            assertEquals(Errno.ESRCH, user.unpark(99, 0));
            assertEquals(Errno.ESRCH, user.unpark(0, 0));
            assertEquals(Errno.ESRCH, user.unpark(-1, 0));
            int zombie = user.create(child -> { });
            user.sleep(20 * MS);
            assertEquals(Errno.ESRCH, user.unpark(zombie, 0));
            assertEquals(0, user.await(zombie));
        });
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
        // clock, flags, seconds, nanoseconds, errno
        "3, 0, 0, 1000000000, 22",
        "3, 0, 0, -1, 22",
        "9, 0, 1, 0, 22",
        "3, 0, -1, 0, 60",
        "3, 0, 0, 0, 60",
        "3, 1, 0, 0, 60",
        "3, 1, -9223372036854775808, 0, 22",
        "0, 1, 1, 0, 60",
        "0x20000063, 0, 1, 0, 3",
        "0x40000063, 0, 1, 0, 3",
        "3, 0, 0, 1, 60",
    })
    void park60ConvertsItsTimeout(String clock, int flags, long seconds, long nanos, int errno) {
        main("1.84", 1, user -> {
            user.sleep(20 * MS);
            long at = user.scratch() + 256;
            user.storeLong(at, seconds);
            user.storeLong(at + 8, nanos);
            assertEquals(errno, user.call("___lwp_park60", Integer.decode(clock), flags, at, 0, 0, 0));
        });
    }

    @Test
    void park60ChecksInOrder() {
        main("1.84", 1, user -> {
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
    @Test
    void anInvalidTimeoutStillWakesTheTarget() {
        main("1.84", 1, user -> {
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

    @Test
    void aRelativeTimeoutSaysWhatIsLeft() {
        main("1.84", 2, user -> {
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

    @Test
    void aTimeoutLeavesNothing() {
        main("1.84", 1, user -> {
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
    @ValueSource(strings = {"1.47", "1.84"})
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

    /** Trace F, without the zombie. */
    @ParameterizedTest
    @CsvSource({"1.47, 0", "1.84, 3"})
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
            assertEquals(b == 0 ? 0 : Errno.EALREADY, result[1]);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.84"})
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
    @ValueSource(strings = {"1.47", "1.84"})
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
    @ValueSource(strings = {"1.47", "1.84"})
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
