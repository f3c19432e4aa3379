// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import userland.core.fixture.Crew;
import userland.core.fixture.Setting;
import userland.program.User;
import userland.pthread.Barriers;
import userland.pthread.Generation;
import userland.pthread.Mutexes;
import userland.pthread.Threads;

/** The cases of t_mutex and t_timedmutex, with fewer rounds. */
class MutexTest {
    private static final String ALL = "userland.core.fixture.Setting#all";
    private static final String NEWER = "userland.core.fixture.Setting#newer";
    private static final String OLDER = "userland.core.fixture.Setting#older";
    private static final int FIFO = 1;
    private static final int ROUNDS = 1_000;
    private static final long MILLISECOND = 1_000_000;

    private static long mutex(User user, int type) {
        Mutexes mutexes = user.pthread().mutexes();
        long attributes = user.allocate(Mutexes.ATTR_BYTES);
        long mutex = user.allocate(Mutexes.BYTES);
        assertEquals(0, mutexes.attrInit(user, attributes));
        assertEquals(0, mutexes.attrSetType(user, attributes, type));
        assertEquals(0, mutexes.init(user, mutex, attributes));
        assertEquals(0, mutexes.attrDestroy(user, attributes));
        return mutex;
    }

    /** One thread leaves a value under the mutex, the joiner finds and changes it. */
    private static void value21(User user, int type) {
        Mutexes mutexes = user.pthread().mutexes();
        long mutex = mutex(user, type);
        long value = user.allocate(8);
        assertEquals(0, mutexes.lock(user, mutex));
        user.store32(value, 1);
        Crew crew = Crew.start(user, 1, (own, argument) -> {
            assertEquals(0, mutexes.lock(own, mutex));
            own.store32(value, own.load32(value) + 19);
            assertEquals(0, mutexes.unlock(own, mutex));
        });
        assertEquals(1, user.load32(value));
        assertEquals(0, mutexes.unlock(user, mutex));
        crew.join();
        assertEquals(0, mutexes.lock(user, mutex));
        user.store32(value, user.load32(value) + 1);
        assertEquals(0, mutexes.unlock(user, mutex));
        assertEquals(21, user.load32(value));
        assertEquals(0, mutexes.destroy(user, mutex));
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void mutex1(Setting setting) {
        setting.always(user -> value21(user, Mutexes.NORMAL));
    }

    private static void twoCount(User user, long mutex) {
        long counter = user.allocate(8);
        Crew.run(user, 2, (own, argument) -> {
            for (int i = 0; i < ROUNDS; i++) {
                own.pthread().mutexes().lock(own, mutex);
                own.store32(counter, own.load32(counter) + 1);
                own.pthread().mutexes().unlock(own, mutex);
            }
        });
        assertEquals(2 * ROUNDS, user.load32(counter));
    }

    /** A mutex from init. */
    @ParameterizedTest
    @MethodSource(ALL)
    void mutex2(Setting setting) {
        setting.always(user -> twoCount(user, mutex(user, Mutexes.NORMAL)));
    }

    /** A static mutex. */
    @ParameterizedTest
    @MethodSource(ALL)
    void mutex3(Setting setting) {
        setting.always(user -> twoCount(user, user.allocate(Mutexes.BYTES)));
    }

    /** A recursive mutex, locked as often as it is unlocked. */
    @ParameterizedTest
    @MethodSource(ALL)
    void mutex4(Setting setting) {
        setting.always(user -> {
            value21(user, Mutexes.RECURSIVE);
            Mutexes mutexes = user.pthread().mutexes();
            long mutex = mutex(user, Mutexes.RECURSIVE);
            for (int i = 0; i < 3; i++) {
                assertEquals(0, i == 1 ? mutexes.tryLock(user, mutex) : mutexes.lock(user, mutex));
            }
            Crew.run(user, 1, (own, argument) -> assertEquals(Errno.EBUSY, mutexes.tryLock(own, mutex)));
            for (int i = 0; i < 3; i++) {
                assertEquals(0, mutexes.unlock(user, mutex));
            }
            Crew.run(user, 1, (own, argument) -> assertEquals(0, mutexes.tryLock(own, mutex)));
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void mutexattr1(Setting setting) {
        setting.once(1, user -> {
            Mutexes mutexes = user.pthread().mutexes();
            long attributes = user.allocate(Mutexes.ATTR_BYTES);
            assertEquals(Errno.EINVAL, mutexes.attrDestroy(user, attributes));
            assertEquals(Errno.EINVAL, mutexes.attrSetType(user, attributes, Mutexes.RECURSIVE));
            assertEquals(Errno.EINVAL, mutexes.init(user, user.allocate(Mutexes.BYTES), attributes));
            assertEquals(0, mutexes.attrInit(user, attributes));
            assertEquals(Mutexes.NORMAL, mutexes.attrGetType(user, attributes));
            assertEquals(Mutexes.PRIO_NONE, mutexes.attrGetProtocol(user, attributes));
            assertEquals(Errno.EINVAL, mutexes.attrSetType(user, attributes, 7));
            assertEquals(0, mutexes.attrSetType(user, attributes, Mutexes.ERRORCHECK));
            assertEquals(Mutexes.ERRORCHECK, mutexes.attrGetType(user, attributes));
        });
    }

    @ParameterizedTest
    @MethodSource(NEWER)
    void mutexattr2(Setting setting) {
        setting.once(1, user -> {
            Mutexes mutexes = user.pthread().mutexes();
            long attributes = user.allocate(Mutexes.ATTR_BYTES);
            mutexes.attrInit(user, attributes);
            assertEquals(0, mutexes.attrSetProtocol(user, attributes, Mutexes.PRIO_PROTECT));
            assertEquals(Mutexes.PRIO_PROTECT, mutexes.attrGetProtocol(user, attributes));
            assertEquals(Errno.ENOTSUP, mutexes.attrSetProtocol(user, attributes, 1));
            assertEquals(Errno.EINVAL, mutexes.attrSetProtocol(user, attributes, 3));
            for (int ceiling = 0; ceiling <= 63; ceiling += 21) {
                assertEquals(0, mutexes.attrSetPriorityCeiling(user, attributes, ceiling));
                assertEquals(ceiling, mutexes.attrGetPriorityCeiling(user, attributes));
            }
            assertEquals(Errno.EINVAL, mutexes.attrSetPriorityCeiling(user, attributes, 64));
            long mutex = user.allocate(Mutexes.BYTES);
            assertEquals(0, mutexes.init(user, mutex, attributes));
            assertEquals(63, mutexes.getPriorityCeiling(user, mutex));
        });
    }

    private static long protectedMutex(User user, int protocol, int ceiling) {
        Mutexes mutexes = user.pthread().mutexes();
        long attributes = user.allocate(Mutexes.ATTR_BYTES);
        long mutex = user.allocate(Mutexes.BYTES);
        mutexes.attrInit(user, attributes);
        mutexes.attrSetProtocol(user, attributes, protocol);
        mutexes.attrSetPriorityCeiling(user, attributes, ceiling);
        mutexes.init(user, mutex, attributes);
        return mutex;
    }

    private static void realTime(User user, int priority) {
        Threads threads = user.pthread().threads();
        long policy = user.allocate(8);
        assertEquals(0, threads.setSchedParam(user, threads.self(user), FIFO, priority));
        assertEquals(priority, threads.getSchedParam(user, threads.self(user), policy));
        assertEquals(FIFO, user.load32(policy));
    }

    /** The owner runs at the ceiling, as the kernel says; nobody else has one. */
    @ParameterizedTest
    @ValueSource(strings = {"1.76.2.1", "1.84"})
    void mutex5(String revision) {
        new Setting(revision, Generation.LIBPTHREAD_2020).always(user -> {
            Mutexes mutexes = user.pthread().mutexes();
            long high = protectedMutex(user, Mutexes.PRIO_PROTECT, 63);
            long low = protectedMutex(user, Mutexes.PRIO_PROTECT, 0);
            realTime(user, 10);
            assertEquals(-1, user.syscall("_sched_protect", -2));
            assertEquals(Errno.ENOENT, user.errno());
            assertEquals(0, mutexes.lock(user, high));
            assertEquals(63, user.syscall("_sched_protect", -2));
            assertEquals(0, mutexes.unlock(user, high));
            assertEquals(-1, user.syscall("_sched_protect", -2));
            assertEquals(Errno.ENOENT, user.errno());
            assertEquals(Errno.EPERM, mutexes.lock(user, low), "the caller is above its ceiling");
            assertEquals(Errno.EPERM, mutexes.tryLock(user, low));
            assertEquals(0, mutexes.tryLock(user, high));
            assertEquals(63, user.syscall("_sched_protect", -2));
            Crew.run(user, 1, (own, argument) -> {
                assertEquals(Errno.ETIMEDOUT, mutexes.timedLock(own, high, 0));
                assertEquals(-1, own.syscall("_sched_protect", -2), "who gave up has no ceiling");
            });
            assertEquals(0, mutexes.unlock(user, high));
        });
    }

    /**
     * On one CPU, a thread of low priority has a mutex for a while; one of middle priority computes. With a ceiling the
     * first is done first; without, the second keeps it off the CPU: section 8, row 39.
     */
    @ParameterizedTest
    @ValueSource(ints = {Mutexes.PRIO_PROTECT, Mutexes.PRIO_NONE})
    void mutex6(int protocol) {
        Setting setting = new Setting("1.84", Generation.LIBPTHREAD_2020);
        setting.once(setting.config(1).withCpus(1), user -> {
            long mutex = protectedMutex(user, protocol, 20);
            long order = user.allocate(8);
            long ready = user.allocate(Barriers.BYTES);
            user.pthread().barriers().init(user, ready, 2);
            Crew.run(user, 2, (own, index) -> {
                realTime(own, index == 0 ? 1 : 10);
                own.pthread().barriers().await(own, ready);
                if (index == 0) {
                    own.pthread().mutexes().lock(own, mutex);
                } else {
                    own.sleepUntil(own.monotonicNanos() + 10 * MILLISECOND);
                }
                own.compute(100 * MILLISECOND);
                own.store32(order, own.load32(order) * 10 + (int) index + 1);
                if (index == 0) {
                    own.pthread().mutexes().unlock(own, mutex);
                }
            });
            assertEquals(protocol == Mutexes.PRIO_PROTECT ? 12 : 21, user.load32(order));
        });
    }

    /** What came after 2009 is not there in the 2009 library. */
    @ParameterizedTest
    @MethodSource(OLDER)
    void theOlderLibraryLacksTheLaterCalls(Setting setting) {
        setting.once(1, user -> {
            Mutexes mutexes = user.pthread().mutexes();
            long attributes = user.allocate(Mutexes.ATTR_BYTES);
            mutexes.attrInit(user, attributes);
            assertEquals(Errno.ENOSYS, mutexes.timedLock(user, user.allocate(Mutexes.BYTES), 0));
            assertEquals(Errno.ENOSYS, mutexes.attrSetProtocol(user, attributes, Mutexes.PRIO_PROTECT));
            assertEquals(Errno.ENOSYS, mutexes.attrSetPriorityCeiling(user, attributes, 1));
        });
    }

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
            long recursive = mutex(user, Mutexes.RECURSIVE);
            long checking = mutex(user, Mutexes.ERRORCHECK);
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

    /** The error numbers of the manual. */
    @ParameterizedTest
    @MethodSource(ALL)
    void errors(Setting setting) {
        setting.once(2, user -> {
            Mutexes mutexes = user.pthread().mutexes();
            long normal = mutex(user, Mutexes.NORMAL);
            long checking = mutex(user, Mutexes.ERRORCHECK);
            assertEquals(Errno.EPERM, mutexes.unlock(user, normal));
            assertEquals(Errno.EPERM, mutexes.unlock(user, checking));
            assertEquals(0, mutexes.tryLock(user, normal));
            assertEquals(Errno.EBUSY, mutexes.tryLock(user, normal));
            assertEquals(0, mutexes.lock(user, checking));
            assertEquals(Errno.EDEADLK, mutexes.lock(user, checking));
            assertEquals(Errno.EBUSY, mutexes.tryLock(user, checking));
            assertEquals(Errno.EBUSY, mutexes.destroy(user, checking));
            Crew.run(user, 1, (own, argument) -> assertEquals(Errno.EPERM, mutexes.unlock(own, checking)));
            assertEquals(0, mutexes.unlock(user, checking));
            assertEquals(0, mutexes.destroy(user, checking));
            assertEquals(Errno.EINVAL, mutexes.destroy(user, checking));
        });
    }
}
