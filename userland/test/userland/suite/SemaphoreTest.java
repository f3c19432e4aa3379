// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Crew;
import userland.core.fixture.Setting;
import userland.program.User;
import userland.pthread.Semaphores;

/** The cases of t_sem. */
class SemaphoreTest {
    private static final String ALL = "userland.core.fixture.Setting#all";
    private static final long MILLISECOND = 1_000_000;

    private static void threadsWait(User user, long semaphore) {
        Semaphores semaphores = user.pthread().semaphores();
        Crew crew = Crew.start(user, 10, (own, argument) -> assertEquals(0, semaphores.await(own, semaphore)));
        user.sleepUntil(user.monotonicNanos() + 10 * MILLISECOND);
        for (int i = 0; i < 10; i++) {
            assertEquals(0, semaphores.post(user, semaphore));
        }
        crew.join();
        assertEquals(0, semaphores.getValue(user, semaphore));
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void named(Setting setting) {
        setting.always(user -> {
            Semaphores semaphores = user.pthread().semaphores();
            assertEquals(-Errno.ENOENT, semaphores.open(user, "/foo", 0, 0));
            long semaphore = semaphores.open(user, "/foo", Semaphores.CREATE | Semaphores.EXCLUSIVE, 0);
            assertTrue(semaphore > 0);
            assertEquals(-Errno.EEXIST,
                    semaphores.open(user, "/foo", Semaphores.CREATE | Semaphores.EXCLUSIVE, 0));
            assertEquals(semaphore, semaphores.open(user, "/foo", Semaphores.CREATE, 5));
            threadsWait(user, semaphore);
            assertEquals(0, semaphores.close(user, semaphore));
            assertEquals(0, semaphores.unlink(user, "/foo"));
            assertEquals(Errno.ENOENT, semaphores.unlink(user, "/foo"));
            assertEquals(0, semaphores.post(user, semaphore), "still open once");
            assertEquals(0, semaphores.close(user, semaphore));
            assertEquals(Errno.EINVAL, semaphores.close(user, semaphore));
            assertEquals(Errno.EINVAL, semaphores.post(user, semaphore));
            assertEquals(-Errno.EINVAL, semaphores.open(user, "foo", Semaphores.CREATE, 0));
            assertEquals(-Errno.ENAMETOOLONG, semaphores.open(user, "/a-name-too-long", Semaphores.CREATE, 0));
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void unnamed(Setting setting) {
        setting.always(user -> {
            long semaphore = user.allocate(Semaphores.BYTES);
            assertEquals(0, user.pthread().semaphores().init(user, semaphore, 0));
            threadsWait(user, semaphore);
            assertEquals(0, user.pthread().semaphores().destroy(user, semaphore));
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void before_start_no_threads(Setting setting) {
        setting.once(1, user -> {
            Semaphores semaphores = user.pthread().semaphores();
            long semaphore = user.allocate(Semaphores.BYTES);
            semaphores.init(user, semaphore, 1);
            assertEquals(0, semaphores.await(user, semaphore));
            assertEquals(Errno.EAGAIN, semaphores.tryWait(user, semaphore));
            assertEquals(0, semaphores.post(user, semaphore));
            assertEquals(0, semaphores.tryWait(user, semaphore));
        });
    }

    /** Nobody posts: where the original case expects its time-out, the timed wait has one. */
    @ParameterizedTest
    @MethodSource(ALL)
    void before_start_one_thread(Setting setting) {
        setting.once(1, user -> {
            Semaphores semaphores = user.pthread().semaphores();
            long semaphore = user.allocate(Semaphores.BYTES);
            semaphores.init(user, semaphore, 0);
            Crew crew = Crew.start(user, 1, (own, argument) -> {
                long until = own.realtimeNanos() + 50 * MILLISECOND;
                assertEquals(Errno.ETIMEDOUT, semaphores.awaitUntil(own, semaphore, until));
                assertTrue(own.realtimeNanos() >= until);
            });
            user.sleepUntil(user.monotonicNanos() + 20 * MILLISECOND);
            assertEquals(Errno.EBUSY, semaphores.destroy(user, semaphore));
            crew.join();
            assertEquals(0, semaphores.destroy(user, semaphore));
        });
    }

    /** The error numbers of the manual. */
    @ParameterizedTest
    @MethodSource(ALL)
    void errors(Setting setting) {
        setting.once(1, user -> {
            Semaphores semaphores = user.pthread().semaphores();
            long semaphore = user.allocate(Semaphores.BYTES);
            assertEquals(Errno.EINVAL, semaphores.init(user, semaphore, -1));
            assertEquals(Errno.EINVAL, semaphores.await(user, semaphore));
            assertEquals(Errno.EINVAL, semaphores.tryWait(user, semaphore));
            assertEquals(Errno.EINVAL, semaphores.destroy(user, semaphore));
            assertEquals(-Errno.EINVAL, semaphores.getValue(user, semaphore));
            assertEquals(0, semaphores.init(user, semaphore, Semaphores.VALUE_MAX));
            assertEquals(Errno.EOVERFLOW, semaphores.post(user, semaphore));
            assertEquals(Errno.EINVAL, semaphores.awaitUntil(user, semaphore, -1));
            assertEquals(0, semaphores.awaitUntil(user, semaphore, 0), "no time is needed");
            assertEquals(Semaphores.VALUE_MAX - 1, semaphores.getValue(user, semaphore));
        });
    }
}
