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
import userland.pthread.Rwlocks;

/** The cases of t_rwlock, and who gets the lock. */
class RwlockTest {
    private static final String ALL = "userland.core.fixture.Setting#all";
    private static final long MILLISECOND = 1_000_000;

    private static void sleep(User user, long nanos) {
        user.sleepUntil(user.monotonicNanos() + nanos);
    }

    /** rwlock1: a static lock, locked and unlocked in every way. */
    @ParameterizedTest
    @MethodSource(ALL)
    void rwlock1(Setting setting) {
        setting.once(2, user -> {
            Rwlocks locks = user.pthread().rwlocks();
            long lock = user.allocate(Rwlocks.BYTES);
            assertEquals(0, locks.readLock(user, lock));
            assertEquals(0, locks.readLock(user, lock));
            assertEquals(0, locks.tryReadLock(user, lock));
            assertEquals(Errno.EBUSY, locks.tryWriteLock(user, lock));
            for (int i = 0; i < 3; i++) {
                assertEquals(0, locks.unlock(user, lock));
            }
            assertEquals(0, locks.writeLock(user, lock));
            assertEquals(Errno.EBUSY, locks.tryReadLock(user, lock));
            assertEquals(Errno.EBUSY, locks.tryWriteLock(user, lock));
            assertEquals(Errno.EDEADLK, locks.writeLock(user, lock));
            assertEquals(Errno.EDEADLK, locks.readLock(user, lock));
            assertEquals(0, locks.unlock(user, lock));
        });
    }

    /** wait_timed: a reader waits for a lock that a writer keeps, a writer for one that readers keep. */
    @ParameterizedTest
    @MethodSource(ALL)
    void wait_timed(Setting setting) {
        setting.always(user -> {
            Rwlocks locks = user.pthread().rwlocks();
            long lock = user.allocate(Rwlocks.BYTES);
            assertEquals(0, locks.writeLock(user, lock));
            Crew.run(user, 2, (own, index) -> {
                long until = own.realtimeNanos() + 30 * MILLISECOND;
                int error = index == 0 ? locks.timedReadLock(own, lock, until)
                        : locks.timedWriteLock(own, lock, until);
                assertEquals(Errno.ETIMEDOUT, error);
                assertTrue(own.realtimeNanos() >= until);
            });
            assertEquals(0, locks.unlock(user, lock));
            assertEquals(0, locks.timedWriteLock(user, lock, 0), "a free lock needs no time");
            assertEquals(0, locks.unlock(user, lock));
            assertEquals(0, locks.destroy(user, lock));
        });
    }

    /** A waiting writer goes before readers that come later. */
    @ParameterizedTest
    @MethodSource(ALL)
    void writersGoFirst(Setting setting) {
        setting.always(user -> {
            Rwlocks locks = user.pthread().rwlocks();
            long lock = user.allocate(Rwlocks.BYTES);
            long order = user.allocate(8);
            assertEquals(0, locks.readLock(user, lock));
            Crew crew = Crew.start(user, 3, (own, index) -> {
                sleep(own, (index + 1) * 20 * MILLISECOND);
                boolean writer = index == 1;
                assertEquals(0, writer ? locks.writeLock(own, lock) : locks.readLock(own, lock));
                own.store32(order, own.load32(order) * 10 + (int) index + 1);
                assertEquals(0, locks.unlock(own, lock));
            });
            sleep(user, 100 * MILLISECOND);
            assertEquals(1, user.load32(order), "readers share it until a writer waits");
            assertEquals(0, locks.unlock(user, lock));
            crew.join();
            assertEquals(123, user.load32(order));
        });
    }

    /** When the writer that readers wait behind gives up, they go in. */
    @ParameterizedTest
    @MethodSource(ALL)
    void readersGoInWhenTheWriterGivesUp(Setting setting) {
        setting.always(user -> {
            Rwlocks locks = user.pthread().rwlocks();
            long lock = user.allocate(Rwlocks.BYTES);
            assertEquals(0, locks.readLock(user, lock));
            Crew.run(user, 3, (own, index) -> {
                if (index == 0) {
                    assertEquals(Errno.ETIMEDOUT,
                            locks.timedWriteLock(own, lock, own.realtimeNanos() + 60 * MILLISECOND));
                } else {
                    sleep(own, 20 * MILLISECOND);
                    assertEquals(0, locks.timedReadLock(own, lock, own.realtimeNanos() + 500 * MILLISECOND));
                    assertEquals(0, locks.unlock(own, lock));
                }
            });
            assertEquals(0, locks.unlock(user, lock));
            assertEquals(0, locks.destroy(user, lock));
        });
    }

    /** The error numbers of the manual. */
    @ParameterizedTest
    @MethodSource(ALL)
    void errors(Setting setting) {
        setting.once(2, user -> {
            Rwlocks locks = user.pthread().rwlocks();
            long lock = user.allocate(Rwlocks.BYTES);
            assertEquals(0, locks.init(user, lock));
            assertEquals(Errno.EPERM, locks.unlock(user, lock));
            assertEquals(Errno.EINVAL, locks.timedReadLock(user, lock, -1));
            assertEquals(Errno.EINVAL, locks.timedWriteLock(user, lock, -1));
            assertEquals(0, locks.writeLock(user, lock));
            assertEquals(Errno.EINVAL, locks.destroy(user, lock));
            Crew.run(user, 1, (own, argument) -> assertEquals(Errno.EPERM, locks.unlock(own, lock)));
            assertEquals(0, locks.unlock(user, lock));
            assertEquals(0, locks.destroy(user, lock));
            assertEquals(Errno.EINVAL, locks.readLock(user, lock));
            assertEquals(Errno.EINVAL, locks.tryReadLock(user, lock));
            assertEquals(Errno.EINVAL, locks.writeLock(user, lock));
            assertEquals(Errno.EINVAL, locks.tryWriteLock(user, lock));
            assertEquals(Errno.EINVAL, locks.unlock(user, lock));
            assertEquals(Errno.EINVAL, locks.destroy(user, lock));
        });
    }
}
