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
import userland.pthread.Mutexes;

/** The cases of t_timedmutex that time out, for the library that has timed locks. */
class TimedMutexTest {
    private static final String NEWER = "userland.core.fixture.Setting#newer";
    private static final long MILLISECOND = 1_000_000;

    /** Waits for a mutex that is not given back in time. */
    private static void timesOut(User user, long mutex) {
        long until = user.realtimeNanos() + 30 * MILLISECOND;
        assertEquals(Errno.ETIMEDOUT, user.pthread().mutexes().timedLock(user, mutex, until));
        assertTrue(user.realtimeNanos() >= until);
    }

    /** The caller has it. */
    @ParameterizedTest
    @MethodSource(NEWER)
    void timedmutex1(Setting setting) {
        setting.always(user -> {
            long mutex = user.allocate(Mutexes.BYTES);
            assertEquals(0, user.pthread().mutexes().lock(user, mutex));
            timesOut(user, mutex);
            assertEquals(0, user.pthread().mutexes().unlock(user, mutex));
        });
    }

    /** Another thread has it, and it is free again afterwards. */
    @ParameterizedTest
    @MethodSource(NEWER)
    void timedmutex2(Setting setting) {
        setting.always(user -> {
            long mutex = user.allocate(Mutexes.BYTES);
            Mutexes mutexes = user.pthread().mutexes();
            assertEquals(0, mutexes.lock(user, mutex));
            Crew.run(user, 3, (own, argument) -> timesOut(own, mutex));
            assertEquals(0, mutexes.unlock(user, mutex));
            assertEquals(0, mutexes.timedLock(user, mutex, user.realtimeNanos() + MILLISECOND));
            assertEquals(0, mutexes.unlock(user, mutex));
        });
    }

    /** It is given back in time to the one who waits longer. */
    @ParameterizedTest
    @MethodSource(NEWER)
    void timedmutex3(Setting setting) {
        setting.always(user -> {
            long mutex = user.allocate(Mutexes.BYTES);
            Mutexes mutexes = user.pthread().mutexes();
            assertEquals(0, mutexes.lock(user, mutex));
            Crew crew = Crew.start(user, 2, (own, index) -> {
                if (index == 0) {
                    timesOut(own, mutex);
                } else {
                    assertEquals(0, mutexes.timedLock(own, mutex, own.realtimeNanos() + 500 * MILLISECOND));
                    assertEquals(0, mutexes.unlock(own, mutex));
                }
            });
            user.sleepUntil(user.monotonicNanos() + 100 * MILLISECOND);
            assertEquals(0, mutexes.unlock(user, mutex));
            crew.join();
        });
    }

    /** The other types: a recursive one is had at once by its owner, an error-checking one says EDEADLK. */
    @ParameterizedTest
    @MethodSource(NEWER)
    void timedmutex4(Setting setting) {
        setting.always(user -> {
            Mutexes mutexes = user.pthread().mutexes();
            long recursive = MutexTest.mutex(user, Mutexes.RECURSIVE);
            long checking = MutexTest.mutex(user, Mutexes.ERRORCHECK);
            long past = user.realtimeNanos() - 1;
            for (long mutex : new long[]{recursive, checking}) {
                assertEquals(0, mutexes.timedLock(user, mutex, past), "a free mutex needs no time");
                Crew.run(user, 1, (own, argument) -> timesOut(own, mutex));
            }
            assertEquals(0, mutexes.timedLock(user, recursive, past));
            assertEquals(Errno.EDEADLK, mutexes.timedLock(user, checking, past));
            assertEquals(Errno.EINVAL, mutexes.timedLock(user, checking, -1));
        });
    }
}
