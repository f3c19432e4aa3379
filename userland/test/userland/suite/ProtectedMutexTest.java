// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import userland.core.fixture.Crew;
import userland.core.fixture.Setting;
import userland.program.User;
import userland.pthread.Barriers;
import userland.pthread.Generation;
import userland.pthread.Mutexes;
import userland.pthread.Threads;

/** The cases of t_mutex with priority ceilings. */
class ProtectedMutexTest {
    private static final int FIFO = 1;
    private static final long MILLISECOND = 1_000_000;

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
}
