// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.sched.errno.Errno;
import kernel.sched.task.Priority;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trace C: a wake-up and the timeout of the same park meet before the sleeper runs. */
class TimeoutRaceTest {
    private static final long MS = 1_000_000L;

    /**
     * The sleeper is unparked just before its timeout fires, and the only CPU stays busy with a higher-priority
     * computation until both happened.
     */
    @ParameterizedTest
    @CsvSource({"1.47, 60", "1.76.2.1, 0", "1.84, 0"})
    void theWakeLosesInTheOldRevision(String lwp, int errno) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            int[] result = {-1};
            kernel.runToEnd(user -> {
                int a = user.create(child -> result[0] = timedPark(child, lwp, 100 * MS));
                user.sleep(20 * MS);
                kernel.kernel().dispatcher().changePriority(user.lwp(), Priority.USER_RT);
                user.compute(80 * MS - kernel.kernel().engine().nowNanos());
                assertEquals(-1, result[0]);
                user.unpark(a, 0);
                user.compute(100 * MS);
                user.await(a);
            });
            assertEquals(errno, result[0]);
            assertEquals(60, Errno.ETIMEDOUT);
        }
    }

    private static int timedPark(User user, String lwp, long nanos) {
        if (lwp.equals("1.47")) {
            long now = user.lwp().proc().processes().clocks().nanos(0);
            return user.call("___lwp_park50", user.timespec(256, now + nanos), 0, 0, 0);
        }
        return user.call("___lwp_park60", 3, 0, user.timespec(256, nanos), 0, 0, 0);
    }
}
