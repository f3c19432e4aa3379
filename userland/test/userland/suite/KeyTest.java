// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Crew;
import userland.core.fixture.Setting;
import userland.program.UserFunction;
import userland.pthread.Keys;

/** The cases of t_tss and t_thread_local_dtor, as far as they are about keys. */
class KeyTest {
    private static final String ALL = "userland.core.fixture.Setting#all";

    /** Every thread has its own value, and its destructor gets it. */
    @ParameterizedTest
    @MethodSource(ALL)
    void valuesBelongToThreads(Setting setting) {
        setting.always(user -> {
            Keys keys = user.pthread().keys();
            long sum = user.allocate(8);
            int plain = keys.create(user, null);
            int summed = keys.create(user, (own, value) -> own.fetchAdd64(sum, value));
            Crew.run(user, 6, (own, index) -> {
                assertEquals(0, keys.get(own, summed));
                assertEquals(0, keys.set(own, summed, 10 + index));
                assertEquals(0, keys.set(own, plain, 1_000));
                own.compute(10_000);
                assertEquals(10 + index, keys.get(own, summed));
            });
            assertEquals(75, user.load64(sum));
            assertEquals(0, keys.get(user, summed));
        });
    }

    /** A destructor that sets the value again is called four times. */
    @ParameterizedTest
    @MethodSource(ALL)
    void destructorsAreCalledSoOften(Setting setting) {
        setting.once(2, user -> {
            Keys keys = user.pthread().keys();
            long count = user.allocate(8);
            long key = user.allocate(8);
            UserFunction destructor = (own, value) -> {
                own.fetchAdd32(count, 1);
                keys.set(own, own.load32(key), value);
            };
            user.store32(key, keys.create(user, destructor));
            Crew.run(user, 1, (own, argument) -> keys.set(own, own.load32(key), 7));
            assertEquals(Keys.DESTRUCTOR_ITERATIONS, user.load32(count));
        });
    }

    /** A key that is made again has no values, and a thread in used memory has none either. */
    @ParameterizedTest
    @MethodSource(ALL)
    void newKeysAndThreadsHaveNoValues(Setting setting) {
        setting.once(1, user -> {
            Keys keys = user.pthread().keys();
            int low = keys.create(user, null);
            int high = keys.create(user, null);
            Crew.run(user, 1, (own, argument) -> keys.set(own, low, 5));
            user.sleepUntil(user.monotonicNanos() + 20_000_000);
            Crew.run(user, 1, (own, argument) -> {
                keys.set(own, high, 6);
                assertEquals(0, keys.get(own, low));
            });
            keys.set(user, low, 8);
            assertEquals(0, keys.delete(user, low));
            assertEquals(0, keys.get(user, low));
            assertEquals(low, keys.create(user, null));
            assertEquals(0, keys.get(user, low));
        });
    }

    /** The error numbers of the manual. */
    @ParameterizedTest
    @MethodSource(ALL)
    void errors(Setting setting) {
        setting.once(1, user -> {
            Keys keys = user.pthread().keys();
            assertEquals(Errno.EINVAL, keys.set(user, 0, 1));
            assertEquals(Errno.EINVAL, keys.delete(user, 0));
            assertEquals(Errno.EINVAL, keys.delete(user, Keys.MAX));
            assertEquals(Errno.EINVAL, keys.set(user, -1, 1));
            for (int i = 0; i < Keys.MAX; i++) {
                assertTrue(keys.create(user, null) >= 0);
            }
            assertEquals(-Errno.EAGAIN, keys.create(user, null));
            assertEquals(0, keys.delete(user, 100));
            assertEquals(100, keys.create(user, null));
        });
    }
}
