// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Crew;
import userland.core.fixture.Setting;
import userland.pthread.Barriers;

/** The case of t_barrier. */
class BarrierTest {
    private static final String ALL = "userland.core.fixture.Setting#all";
    private static final long MILLISECOND = 1_000_000;

    @ParameterizedTest
    @MethodSource(ALL)
    void barrier(Setting setting) {
        setting.always(user -> {
            Barriers barriers = user.pthread().barriers();
            long barrier = user.allocate(Barriers.BYTES);
            long serial = user.allocate(8);
            long after = user.allocate(8);
            assertEquals(0, barriers.init(user, barrier, 5));
            Crew.run(user, 5, (own, index) -> {
                own.sleepUntil(own.monotonicNanos() + index * 10 * MILLISECOND);
                int result = barriers.await(own, barrier);
                assertTrue(result == 0 || result == Barriers.SERIAL_THREAD, () -> "result " + result);
                own.fetchAdd32(result == 0 ? after : serial, 1);
            });
            assertEquals(1, user.load32(serial));
            assertEquals(4, user.load32(after));
        });
    }

    /** The error numbers of the manual. */
    @ParameterizedTest
    @MethodSource(ALL)
    void errors(Setting setting) {
        setting.once(2, user -> {
            Barriers barriers = user.pthread().barriers();
            long barrier = user.allocate(Barriers.BYTES);
            assertEquals(Errno.EINVAL, barriers.init(user, barrier, 0));
            assertEquals(Errno.EINVAL, barriers.await(user, barrier));
            assertEquals(0, barriers.init(user, barrier, 2));
            Crew crew = Crew.start(user, 1, (own, argument) -> barriers.await(own, barrier));
            user.sleepUntil(user.monotonicNanos() + 20 * MILLISECOND);
            assertEquals(Errno.EBUSY, barriers.destroy(user, barrier));
            assertEquals(Barriers.SERIAL_THREAD, barriers.await(user, barrier));
            crew.join();
            assertEquals(0, barriers.destroy(user, barrier));
            assertEquals(Errno.EINVAL, barriers.destroy(user, barrier));
        });
    }
}
