// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Crew;
import userland.core.fixture.Setting;
import userland.program.UserFunction;
import userland.pthread.Cancellation;
import userland.pthread.Threads;

/** The cases of t_once. */
class OnceTest {
    private static final String ALL = "userland.core.fixture.Setting#all";
    private static final long MILLISECOND = 1_000_000;

    @ParameterizedTest
    @MethodSource(ALL)
    void once1(Setting setting) {
        setting.once(1, user -> {
            long control = user.allocate(Threads.ONCE_BYTES);
            long count = user.allocate(8);
            UserFunction routine = (own, argument) -> own.fetchAdd32(count, 1);
            assertEquals(0, user.pthread().threads().once(user, control, routine));
            assertEquals(0, user.pthread().threads().once(user, control, routine));
            assertEquals(1, user.load32(count));
        });
    }

    /** Many threads at once; none returns before the routine has. */
    @ParameterizedTest
    @MethodSource(ALL)
    void once2(Setting setting) {
        setting.always(user -> {
            long control = user.allocate(Threads.ONCE_BYTES);
            long count = user.allocate(8);
            UserFunction routine = (own, argument) -> {
                own.sleepUntil(own.monotonicNanos() + 20 * MILLISECOND);
                own.fetchAdd32(count, 1);
            };
            Crew.run(user, 25, (own, argument) -> {
                own.pthread().threads().once(own, control, routine);
                assertEquals(1, own.load32(count));
            });
        });
    }

    /** A thread that is cancelled in the routine leaves it to the next one. */
    @ParameterizedTest
    @MethodSource(ALL)
    void once3(Setting setting) {
        setting.always(user -> {
            long control = user.allocate(Threads.ONCE_BYTES);
            long count = user.allocate(8);
            long value = user.allocate(8);
            UserFunction routine = (own, argument) -> {
                own.sleepUntil(own.monotonicNanos() + 20 * MILLISECOND);
                own.pthread().cancellation().test(own);
                own.fetchAdd32(count, 1);
            };
            Crew crew = Crew.start(user, 1, (own, argument) -> own.pthread().threads().once(own, control, routine));
            user.pthread().cancellation().cancel(user, crew.thread(0));
            assertEquals(0, user.pthread().threads().join(user, crew.thread(0), value));
            assertEquals(Cancellation.CANCELED, user.load64(value));
            assertEquals(0, user.load32(count));
            user.pthread().threads().once(user, control, routine);
            assertEquals(1, user.load32(count));
        });
    }
}
