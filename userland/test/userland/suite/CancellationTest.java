// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import kernel.lwp.signal.Signal;
import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import userland.c11.Cnd;
import userland.c11.Mtx;
import userland.c11.Thrd;
import userland.core.fixture.Crew;
import userland.core.fixture.Setting;
import userland.program.User;
import userland.program.UserFunction;
import userland.pthread.Cancellation;
import userland.pthread.Conditions;
import userland.pthread.Mutexes;
import userland.pthread.Semaphores;

/** The cases of t_cancellation and t_compat_cancel: each cancellation point, states, types and handlers. */
class CancellationTest {
    private static final String ALL = "userland.core.fixture.Setting#all";
    private static final long MILLISECOND = 1_000_000;
    private static final long HOUR = 3_600_000_000_000L;

    /** A call that blocks for ever, or nearly, in memory that is given. */
    private interface Point {
        void block(User user, long memory);
    }

    /** Where memory for a call is that fails or returns at once. */
    private static final long SET = 192;

    private static final Map<String, Point> BLOCKING = Map.ofEntries(
            entry("cond_wait", (user, memory) -> waitForCondition(user, memory, Long.MAX_VALUE)),
            entry("cond_timedwait", (user, memory) -> waitForCondition(user, memory, user.realtimeNanos() + HOUR)),
            entry("cnd_wait", (user, memory) -> waitAsInC11(user, memory, Long.MAX_VALUE)),
            entry("cnd_timedwait", (user, memory) -> waitAsInC11(user, memory, user.realtimeNanos() + HOUR)),
            entry("sem_wait", (user, memory) -> user.pthread().semaphores().await(user, memory + 128)),
            entry("sem_timedwait", (user, memory) -> user.pthread().semaphores()
                    .awaitUntil(user, memory + 128, user.realtimeNanos() + HOUR)),
            entry("join", CancellationTest::joinASleeper),
            entry("thrd_join", (user, memory) -> Thrd.join(user, sleeper(user), 0)),
            entry("nanosleep", call("__nanosleep50", memory -> new long[] {memory + 160, 0})),
            entry("clock_nanosleep", call("clock_nanosleep", memory -> new long[] {3, 0, memory + 160, 0})),
            entry("thrd_sleep", (user, memory) -> Thrd.sleep(user, memory + 160, 0)),
            entry("sigsuspend", call("__sigsuspend14", memory -> new long[] {memory + SET})),
            entry("sigtimedwait", call("____sigtimedwait50", memory -> new long[] {memory + SET, 0, memory + 160})),
            entry("sigwait", call("____sigtimedwait50", memory -> new long[] {memory + SET, 0, 0})),
            entry("waitpid", CancellationTest::waitForASleeper),
            entry("testcancel", CancellationTest::testOften));

    /** Calls that return at once, so that only a request of before ends their thread. */
    private static final Map<String, Point> IMMEDIATE = Map.of(
            "open", call("open", memory -> new long[] {memory + 64, 0, 0}),
            "read", call("read", memory -> new long[] {99, memory, 1}),
            "write", call("write", memory -> new long[] {99, memory, 1}),
            "close", call("close", memory -> new long[] {99}),
            "msync", call("msync", memory -> new long[] {0, 4096, 0}));

    private static Point call(String name, LongFunction<long[]> arguments) {
        return (user, memory) -> user.pthread().cancellation().point(user, name, arguments.apply(memory));
    }

    private static void waitForCondition(User user, long memory, long until) {
        Conditions conditions = user.pthread().conditions();
        assertEquals(0, user.pthread().mutexes().lock(user, memory));
        user.pthread().cancellation().push(user, (own, mutex) -> {
            assertEquals(0, own.pthread().mutexes().unlock(own, mutex), "locked again in the handler");
            own.store32(memory + 64, 1);
        }, memory);
        conditions.awaitUntil(user, memory + Mutexes.BYTES, memory, until);
    }

    private static void waitAsInC11(User user, long memory, long until) {
        assertEquals(Thrd.SUCCESS, Mtx.lock(user, memory));
        user.pthread().cancellation().push(user, (own, mutex) -> {
            assertEquals(Thrd.SUCCESS, Mtx.unlock(own, mutex), "locked again in the handler");
            own.store32(memory + 64, 1);
        }, memory);
        Cnd.timedAwait(user, memory + Mtx.BYTES, memory, until);
    }

    private static long sleeper(User user) {
        return user.pthread().threads().create(user,
                (own, argument) -> own.sleepUntil(own.monotonicNanos() + 200 * MILLISECOND), 0);
    }

    private static void joinASleeper(User user, long memory) {
        user.pthread().threads().join(user, sleeper(user));
    }

    private static void waitForASleeper(User user, long memory) {
        int child = user.fork((own, argument) -> {
            own.sleepUntil(own.monotonicNanos() + 200 * MILLISECOND);
            own.exit(0);
        });
        user.pthread().cancellation().point(user, "wait4", child, 0, 0);
    }

    private static void testOften(User user, long memory) {
        while (true) {
            user.compute(MILLISECOND);
            user.pthread().cancellation().test(user);
        }
    }

    static Stream<Arguments> blocking() {
        return cases(BLOCKING);
    }

    static Stream<Arguments> points() {
        return Stream.concat(cases(BLOCKING), cases(IMMEDIATE));
    }

    private static Stream<Arguments> cases(Map<String, Point> points) {
        return points.keySet().stream().sorted()
                .flatMap(point -> Setting.all().map(setting -> Arguments.of(point, setting)));
    }

    private static long memory(User user) {
        long memory = user.allocate(256);
        user.pthread().semaphores().init(user, memory + 128, 0);
        assertEquals(true, 128 + Semaphores.BYTES <= 160);
        user.store64(memory + 160, 3_600);
        user.store64(memory + SET, Signal.bit(Signal.SIGUSR2));
        return memory;
    }

    private static void joinCancelled(User user, long thread) {
        long value = user.allocate(8);
        assertEquals(0, user.pthread().threads().join(user, thread, value));
        assertEquals(Cancellation.CANCELED, user.load64(value));
    }

    /** A thread that is cancelled while it blocks. */
    @ParameterizedTest
    @MethodSource("blocking")
    void endsABlockedThread(String point, Setting setting) {
        setting.always(user -> {
            long memory = memory(user);
            Crew crew = Crew.start(user, 1, (own, argument) -> {
                BLOCKING.get(point).block(own, memory);
                fail(point + " came back");
            });
            user.sleepUntil(user.monotonicNanos() + 30 * MILLISECOND);
            assertEquals(0, user.pthread().cancellation().cancel(user, crew.thread(0)));
            joinCancelled(user, crew.thread(0));
            assertEquals(point.startsWith("c") && point.endsWith("wait") ? 1 : 0, user.load32(memory + 64), "handlers run");
        });
    }

    /** A thread that was asked before it comes to the point. */
    @ParameterizedTest
    @MethodSource("points")
    void endsAThreadThatComesLater(String point, Setting setting) {
        setting.always(user -> {
            long memory = memory(user);
            Crew crew = Crew.start(user, 1, (own, argument) -> {
                own.compute(20 * MILLISECOND);
                (BLOCKING.containsKey(point) ? BLOCKING : IMMEDIATE).get(point).block(own, memory);
                fail(point + " came back");
            });
            assertEquals(0, user.pthread().cancellation().cancel(user, crew.thread(0)));
            joinCancelled(user, crew.thread(0));
        });
    }

    /** With cancellation disabled the request waits. */
    @ParameterizedTest
    @MethodSource(ALL)
    void disabledThreadsGoOn(Setting setting) {
        setting.always(user -> {
            Cancellation cancellation = user.pthread().cancellation();
            long word = user.allocate(8);
            Crew crew = Crew.start(user, 1, (own, argument) -> {
                assertEquals(0, cancellation.setState(own, Cancellation.DISABLE, 0));
                own.compute(20 * MILLISECOND);
                cancellation.test(own);
                own.store32(word, 1);
                assertEquals(0, cancellation.setState(own, Cancellation.ENABLE, 0));
                own.store32(word, 2);
                cancellation.test(own);
                own.store32(word, 3);
            });
            user.sleepUntil(user.monotonicNanos() + 10 * MILLISECOND);
            assertEquals(0, cancellation.cancel(user, crew.thread(0)));
            joinCancelled(user, crew.thread(0));
            assertEquals(2, user.load32(word));
        });
    }

    /** With the asynchronous type, enabling is enough. */
    @ParameterizedTest
    @MethodSource(ALL)
    void asynchronousThreadsEndWhenTheyEnableIt(Setting setting) {
        setting.always(user -> {
            Cancellation cancellation = user.pthread().cancellation();
            long old = user.allocate(16);
            Crew crew = Crew.start(user, 1, (own, argument) -> {
                cancellation.setState(own, Cancellation.DISABLE, old);
                assertEquals(0, cancellation.setType(own, Cancellation.ASYNCHRONOUS, old + 4));
                own.compute(20 * MILLISECOND);
                cancellation.setState(own, Cancellation.ENABLE, old + 8);
                fail("not cancelled");
            });
            assertEquals(0, cancellation.cancel(user, crew.thread(0)));
            joinCancelled(user, crew.thread(0));
            assertEquals(Cancellation.ENABLE, user.load32(old));
            assertEquals(Cancellation.DEFERRED, user.load32(old + 4));
        });
    }

    /** Handlers run newest first, also when the thread exits by itself; those that were taken off do not. */
    @ParameterizedTest
    @MethodSource(ALL)
    void handlersRunNewestFirst(Setting setting) {
        setting.once(2, user -> {
            long order = user.allocate(8);
            UserFunction note = (own, digit) -> own.store64(order, own.load64(order) * 10 + digit);
            int key = user.pthread().keys().create(user, note);
            Crew.run(user, 1, (own, argument) -> {
                Cancellation cancellation = own.pthread().cancellation();
                own.pthread().keys().set(own, key, 9);
                for (int digit = 1; digit <= 6; digit++) {
                    cancellation.push(own, note, digit);
                }
                cancellation.pop(own, false);
                cancellation.pop(own, true);
                own.pthread().threads().exit(own, 0);
            });
            assertEquals(543_219, user.load64(order));
        });
    }

    /** Stacks of handlers may be deep. */
    @ParameterizedTest
    @MethodSource(ALL)
    void manyHandlers(Setting setting) {
        setting.once(2, user -> {
            long count = user.allocate(8);
            UserFunction add = (own, value) -> own.fetchAdd64(count, value);
            Crew.run(user, 1, (own, argument) -> {
                for (int i = 1; i <= 100; i++) {
                    own.pthread().cancellation().push(own, add, i);
                }
            });
            assertEquals(5_050, user.load64(count));
        });
    }

    /** A signal that a cancelled waiter had taken goes to another one. */
    @ParameterizedTest
    @MethodSource(ALL)
    void aCancelledWaiterDoesNotKeepASignal(Setting setting) {
        setting.always(user -> {
            long memory = memory(user);
            Crew crew = Crew.start(user, 2, (own, index) -> {
                own.sleepUntil(own.monotonicNanos() + index * 10 * MILLISECOND);
                own.pthread().mutexes().lock(own, memory);
                own.pthread().cancellation().push(own, (thread, mutex) -> thread.pthread().mutexes()
                        .unlock(thread, mutex), memory);
                while (own.load32(memory + 72) == 0) {
                    own.pthread().conditions().await(own, memory + Mutexes.BYTES, memory);
                }
                own.pthread().cancellation().pop(own, true);
            });
            user.sleepUntil(user.monotonicNanos() + 50 * MILLISECOND);
            user.pthread().mutexes().lock(user, memory);
            user.store32(memory + 72, 1);
            user.pthread().conditions().signal(user, memory + Mutexes.BYTES);
            user.pthread().cancellation().cancel(user, crew.thread(0));
            user.pthread().mutexes().unlock(user, memory);
            crew.join();
        });
    }

    /** The error numbers of the manual. */
    @ParameterizedTest
    @MethodSource(ALL)
    void errors(Setting setting) {
        setting.once(1, user -> {
            Cancellation cancellation = user.pthread().cancellation();
            assertEquals(Errno.EINVAL, cancellation.setState(user, 2, 0));
            assertEquals(Errno.EINVAL, cancellation.setType(user, 2, 0));
            assertEquals(Errno.ESRCH, cancellation.cancel(user, 0));
            Crew crew = Crew.start(user, 1, (own, argument) -> { });
            crew.join();
            assertEquals(Errno.ESRCH, cancellation.cancel(user, crew.thread(0)));
        });
    }
}
