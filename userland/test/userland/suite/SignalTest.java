// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static kernel.lwp.proc.SignalWaits.SIG_BLOCK;
import static kernel.lwp.proc.SignalWaits.SIG_SETMASK;
import static kernel.lwp.signal.Signal.SIGALRM;
import static kernel.lwp.signal.Signal.SIGFPE;
import static kernel.lwp.signal.Signal.SIGUSR1;
import static kernel.lwp.signal.Signal.SIGUSR2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Crew;
import userland.core.fixture.Setting;
import userland.program.User;
import userland.pthread.Conditions;
import userland.pthread.Mutexes;
import userland.pthread.Semaphores;
import userland.pthread.Threads;

/** The cases of t_sigmask and t_kill, and handlers that come in the middle of a wait. */
class SignalTest {
    private static final String ALL = "userland.core.fixture.Setting#all";
    private static final long MILLISECOND = 1_000_000;

    private static long bit(int signal) {
        return 1L << signal - 1;
    }

    private static void sleep(User user, long nanos) {
        user.sleepUntil(user.monotonicNanos() + nanos);
    }

    /** A blocked signal that the process sends itself does not end it. */
    @ParameterizedTest
    @MethodSource(ALL)
    void upcalls_not_started(Setting setting) {
        setting.once(1, user -> {
            long old = user.allocate(8);
            assertEquals(0, user.pthread().threads().sigMask(user, SIG_BLOCK, bit(SIGFPE), old));
            assertEquals(0, user.load64(old));
            assertEquals(0, user.kill(user.pid(), SIGFPE));
            sleep(user, 20 * MILLISECOND);
            assertEquals(bit(SIGFPE), user.sigpending());
            assertEquals(Errno.EINVAL, user.pthread().threads().sigMask(user, 99, 0, 0));
        });
    }

    /** The handler of USR1 blocks USR2 and sends it; it is taken when the first handler is done. */
    private static void nested(User user, long flag) {
        user.sigaction(SIGUSR2, (own, signal, info, context) -> {
            assertEquals(1, own.load32(flag), "the other handler is done");
            own.store32(flag, 2);
        }, 0, 0);
        user.sigaction(SIGUSR1, (own, signal, info, context) -> {
            own.raise(SIGUSR2);
            own.compute(MILLISECOND);
            assertEquals(0, own.load32(flag));
            own.store32(flag, 1);
        }, 0, bit(SIGUSR2));
        user.raise(SIGUSR1);
        assertEquals(2, user.load32(flag));
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void before_threads(Setting setting) {
        setting.always(user -> nested(user, user.allocate(8)));
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void respected_while_running(Setting setting) {
        setting.always(user -> {
            long flag = user.allocate(8);
            Crew.run(user, 1, (own, argument) -> nested(own, flag));
        });
    }

    /** A thread whose creator blocked the alarm does not get it; the first thread does, twice, out of its sleep. */
    @ParameterizedTest
    @MethodSource(ALL)
    void incorrect_mask_bug(Setting setting) {
        setting.always(user -> {
            long alarms = user.allocate(8);
            long time = user.allocate(16);
            Threads threads = user.pthread().threads();
            int first = user.lid();
            user.sigaction(SIGALRM, (own, signal, info, context) -> {
                assertEquals(first, own.lid());
                own.fetchAdd32(alarms, 1);
            }, 0, 0);
            threads.sigMask(user, SIG_BLOCK, bit(SIGALRM), 0);
            Crew crew = Crew.start(user, 2, (own, argument) -> {
                assertEquals(bit(SIGALRM), own.signalMask());
                own.compute(100 * MILLISECOND);
            });
            threads.sigMask(user, SIG_SETMASK, 0, 0);
            int parent = user.pid();
            int child = user.fork((own, argument) -> {
                for (int i = 0; i < 2; i++) {
                    sleep(own, 50 * MILLISECOND);
                    own.kill(parent, SIGALRM);
                }
                own.exit(0);
            });
            user.store64(time, 3_600);
            for (int i = 1; i <= 2; i++) {
                assertEquals(-1, user.syscall("__nanosleep50", time, 0));
                assertEquals(Errno.EINTR, user.errno());
                assertEquals(i, user.load32(alarms));
            }
            crew.join();
            assertEquals(child, user.waitChild(child, 0));
        });
    }

    /** t_kill, simple: a signal for a thread is handled by that thread. */
    @ParameterizedTest
    @MethodSource(ALL)
    void simple(Setting setting) {
        setting.always(user -> {
            long who = user.allocate(8);
            user.sigaction(SIGUSR1, (own, signal, info, context) -> own.store32(who, own.lid()), 0, 0);
            Crew crew = Crew.start(user, 3, (own, index) -> sleep(own, 60 * MILLISECOND));
            sleep(user, 20 * MILLISECOND);
            Threads threads = user.pthread().threads();
            assertEquals(0, threads.kill(user, crew.thread(1), 0));
            assertEquals(0, user.load32(who));
            assertEquals(0, threads.kill(user, crew.thread(1), SIGUSR1));
            assertEquals(Errno.EINVAL, threads.kill(user, crew.thread(1), 64));
            sleep(user, 20 * MILLISECOND);
            assertEquals(threads.lid(user, crew.thread(1)), user.load32(who));
            crew.join();
            assertEquals(Errno.ESRCH, threads.kill(user, crew.thread(1), SIGUSR1));
        });
    }

    /** A handler posts a semaphore for which its own thread waits; the wait says EINTR or has it. */
    @ParameterizedTest
    @MethodSource(ALL)
    void handlersMayPost(Setting setting) {
        setting.always(user -> {
            Semaphores semaphores = user.pthread().semaphores();
            long semaphore = user.allocate(Semaphores.BYTES);
            semaphores.init(user, semaphore, 0);
            user.sigaction(SIGUSR1, (own, signal, info, context) -> semaphores.post(own, semaphore), 0, 0);
            Crew crew = Crew.start(user, 1, (own, index) -> {
                for (int i = 0; i < 10; i++) {
                    int error = semaphores.await(own, semaphore);
                    while (error == Errno.EINTR) {
                        error = semaphores.await(own, semaphore);
                    }
                    assertEquals(0, error);
                }
            });
            for (int i = 0; i < 10; i++) {
                user.compute(i * 3_000);
                assertEquals(0, user.pthread().threads().kill(user, crew.thread(0), SIGUSR1));
                sleep(user, 10 * MILLISECOND);
            }
            crew.join();
        });
    }

    /** A handler in the middle of a wait for a condition waits for a mutex itself: each has a record of its own. */
    @ParameterizedTest
    @MethodSource("userland.core.fixture.Setting#newer")
    void aWaitInAHandlerDoesNotDisturbTheOneItInterrupts(Setting setting) {
        setting.always(user -> {
            long mutex = user.allocate(Mutexes.BYTES);
            long other = user.allocate(Mutexes.BYTES);
            long condition = user.allocate(Conditions.BYTES);
            long word = user.allocate(16);
            user.sigaction(SIGUSR1, (own, signal, info, context) -> {
                assertEquals(0, own.pthread().mutexes().lock(own, other));
                own.store32(word + 8, 1);
                assertEquals(0, own.pthread().mutexes().unlock(own, other));
            }, 0, 0);
            Crew crew = Crew.start(user, 1, (own, index) -> {
                own.pthread().mutexes().lock(own, mutex);
                while (own.load32(word) == 0) {
                    own.pthread().conditions().await(own, condition, mutex);
                }
                own.pthread().mutexes().unlock(own, mutex);
            });
            sleep(user, 20 * MILLISECOND);
            user.pthread().mutexes().lock(user, other);
            user.pthread().threads().kill(user, crew.thread(0), SIGUSR1);
            sleep(user, 20 * MILLISECOND);
            user.pthread().mutexes().lock(user, mutex);
            user.store32(word, 1);
            user.pthread().conditions().signal(user, condition);
            user.pthread().mutexes().unlock(user, mutex);
            sleep(user, 20 * MILLISECOND);
            assertEquals(0, user.load32(word + 8));
            user.pthread().mutexes().unlock(user, other);
            crew.join();
            assertTrue(user.load32(word + 8) == 1);
        });
    }
}
