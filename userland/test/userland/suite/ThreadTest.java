// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Crew;
import userland.core.fixture.Setting;
import userland.program.User;
import userland.pthread.Mutexes;
import userland.pthread.Threads;

/** The cases of t_join, t_detach, t_name, t_fork, t_preempt, t_stack and of pthread_suspend_np. */
class ThreadTest {
    private static final String ALL = "userland.core.fixture.Setting#all";
    private static final long MILLISECOND = 1_000_000;

    private static void sleep(User user, long nanos) {
        user.sleepUntil(user.monotonicNanos() + nanos);
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void pthread_join(Setting setting) {
        setting.always(user -> {
            Threads threads = user.pthread().threads();
            long value = user.allocate(8);
            assertEquals(Errno.EDEADLK, threads.join(user, threads.self(user)));
            assertEquals(Errno.ESRCH, threads.join(user, 0));
            assertEquals(Errno.ESRCH, threads.join(user, value));
            Crew crew = Crew.start(user, 25, (own, index) -> own.pthread().threads().exit(own, index + 1));
            for (int i = 0; i < 25; i++) {
                assertEquals(0, threads.join(user, crew.thread(i), value));
                assertEquals(i + 1, user.load64(value));
                assertEquals(Errno.ESRCH, threads.join(user, crew.thread(i)), "joined before");
                assertEquals(Errno.ESRCH, threads.detach(user, crew.thread(i)), "joined before");
            }
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void pthread_detach(Setting setting) {
        setting.always(user -> {
            Threads threads = user.pthread().threads();
            long thread = threads.create(user, (own, argument) -> sleep(own, 20 * MILLISECOND), 0);
            assertEquals(0, threads.detach(user, thread));
            assertEquals(Errno.EINVAL, threads.detach(user, thread));
            assertEquals(Errno.EINVAL, threads.join(user, thread));
            sleep(user, 100 * MILLISECOND);
            assertEquals(Errno.ESRCH, threads.join(user, thread));
            assertEquals(Errno.ESRCH, threads.detach(user, thread));
            assertEquals(Errno.ESRCH, user.pthread().cancellation().cancel(user, thread));
            assertEquals(Errno.ESRCH, threads.kill(user, thread, 0));
        });
    }

    /** A thread that ended before it is detached, and the memory of detached threads. */
    @ParameterizedTest
    @MethodSource(ALL)
    void memoryOfDeadThreadsIsUsedAgain(Setting setting) {
        setting.always(user -> {
            Threads threads = user.pthread().threads();
            long first = threads.create(user, (own, argument) -> { }, 0);
            sleep(user, 20 * MILLISECOND);
            assertEquals(0, threads.detach(user, first));
            assertEquals(Errno.ESRCH, threads.detach(user, first));
            assertEquals(first, threads.create(user, (own, argument) -> { }, 0));
            assertEquals(0, threads.join(user, first));
            sleep(user, 20 * MILLISECOND);
            assertEquals(first, threads.create(user, (own, argument) -> { }, 0));
            assertEquals(0, threads.join(user, first));
        });
    }

    /** Attributes: initial state, what is refused, a detached thread with a large stack. */
    @ParameterizedTest
    @MethodSource(ALL)
    void pthread_attr(Setting setting) {
        setting.once(1, user -> {
            Threads threads = user.pthread().threads();
            long attributes = user.allocate(Threads.ATTR_BYTES);
            assertEquals(Errno.EINVAL, threads.attrDestroy(user, attributes));
            assertEquals(-Errno.EINVAL, threads.create(user, attributes, (own, argument) -> { }, 0));
            assertEquals(0, threads.attrInit(user, attributes));
            assertEquals(Threads.CREATE_JOINABLE, threads.attrGetDetachState(user, attributes));
            assertEquals(Errno.EINVAL, threads.attrSetDetachState(user, attributes, 2));
            assertEquals(Errno.EINVAL, threads.attrSetStackSize(user, attributes, Threads.STACK_MIN - 1));
            assertEquals(0, threads.attrSetDetachState(user, attributes, Threads.CREATE_DETACHED));
            assertEquals(0, threads.attrSetStackSize(user, attributes, 100_000));
            assertEquals(100_000, threads.attrGetStackSize(user, attributes));
            long thread = threads.create(user, attributes, (own, argument) -> sleep(own, 20 * MILLISECOND), 0);
            assertEquals(Errno.EINVAL, threads.join(user, thread));
            assertEquals(0, threads.attrDestroy(user, attributes));
        });
    }

    /** t_name: what is set is what is read; the LWP has the name too, as far as it fits. */
    @ParameterizedTest
    @MethodSource(ALL)
    void name(Setting setting) {
        setting.once(2, user -> {
            Threads threads = user.pthread().threads();
            long self = threads.self(user);
            long buffer = user.allocate(32);
            assertEquals("", threads.getName(user, self));
            assertEquals(0, threads.setName(user, self, "a rather long name"));
            assertEquals("a rather long name", threads.getName(user, self));
            assertEquals(0, user.syscall("_lwp_getname", 0, buffer, 32));
            assertEquals('a', user.load8(buffer));
            assertEquals(0, user.load8(buffer + 15));
            assertEquals(Errno.EINVAL, threads.setName(user, self, "x".repeat(Threads.MAX_NAME)));
            assertEquals(Errno.ESRCH, threads.setName(user, 0, "nobody"));
            assertNull(threads.getName(user, 0));
        });
    }

    /** t_fork: the child has one thread, which goes on as the one that forked; the others are unknown to it. */
    @ParameterizedTest
    @MethodSource(ALL)
    void fork(Setting setting) {
        setting.always(user -> {
            Threads threads = user.pthread().threads();
            long mutex = user.allocate(Mutexes.BYTES);
            long status = user.allocate(8);
            Crew crew = Crew.start(user, 1, (own, argument) -> sleep(own, 100 * MILLISECOND));
            long self = threads.self(user);
            user.pthread().mutexes().lock(user, mutex);
            int child = user.fork((own, argument) -> {
                Threads mine = own.pthread().threads();
                boolean same = mine.self(own) == self && mine.lid(own, self) == own.lid();
                boolean alone = mine.join(own, crew.thread(0)) == Errno.ESRCH;
                boolean owns = own.pthread().mutexes().unlock(own, mutex) == 0;
                Crew.run(own, 3, (thread, index) -> sleep(thread, MILLISECOND));
                own.exit(same && alone && owns ? 7 : 1);
            });
            assertEquals(child, user.waitChild(child, status));
            assertEquals(7 << 8, user.load32(status));
            assertEquals(0, user.pthread().mutexes().unlock(user, mutex));
            crew.join();
        });
    }

    /** t_preempt: one thread reads a lot of memory; the others get on meanwhile, on a single CPU too. */
    @ParameterizedTest
    @MethodSource(ALL)
    void preempt1(Setting setting) {
        setting.once(setting.config(4).withCpus(1), user -> {
            long bytes = user.allocate(1 << 16);
            long done = user.allocate(8);
            Crew crew = Crew.start(user, 1, (own, argument) -> {
                for (int round = 0; round < 16; round++) {
                    for (long offset = 0; offset < 1 << 16; offset += 64) {
                        own.load64(bytes + offset);
                        own.compute(50_000);
                    }
                }
                own.store32(done, 1);
            });
            Crew.run(user, 3, (own, index) -> {
                for (int i = 0; i < 5; i++) {
                    sleep(own, 10 * MILLISECOND);
                }
                assertEquals(0, own.load32(done), "the reader is not done yet");
            });
            crew.join();
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void pthread_suspend_np(Setting setting) {
        setting.once(2, user -> {
            Threads threads = user.pthread().threads();
            long counter = user.allocate(8);
            Crew crew = Crew.start(user, 1, (own, argument) -> {
                while (own.load32(counter) >= 0) {
                    own.fetchAdd32(counter, 1);
                    own.compute(100_000);
                }
            });
            sleep(user, 20 * MILLISECOND);
            assertEquals(Errno.EDEADLK, threads.suspend(user, threads.self(user)));
            assertEquals(0, threads.suspend(user, crew.thread(0)));
            int before = user.load32(counter);
            sleep(user, 20 * MILLISECOND);
            assertEquals(before, user.load32(counter));
            assertEquals(0, threads.resume(user, crew.thread(0)));
            sleep(user, 20 * MILLISECOND);
            assertTrue(user.load32(counter) > before);
            user.store32(counter, Integer.MIN_VALUE);
            crew.join();
            assertEquals(Errno.ESRCH, threads.suspend(user, crew.thread(0)));
        });
    }

    /** A thread that exits while others run, first of all the first one. */
    @ParameterizedTest
    @MethodSource(ALL)
    void theFirstThreadMayExitBeforeTheOthers(Setting setting) {
        setting.always(user -> {
            Crew.start(user, 2, (own, index) -> sleep(own, (index + 1) * 20 * MILLISECOND));
            assertFalse(user.pthread().threads().equal(user.pthread().threads().self(user), 0));
            user.pthread().threads().exit(user, 0);
        });
    }
}
