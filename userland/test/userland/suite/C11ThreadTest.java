// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.lwp.signal.Signal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import userland.c11.CallOnce;
import userland.c11.Thrd;
import userland.c11.Tss;
import userland.core.fixture.Setting;
import userland.program.User;
import userland.program.UserFunction;

/** The cases of t_thrd, t_tss and t_call_once. */
class C11ThreadTest {
    private static final String ALL = "userland.core.fixture.Setting#all";
    private static final long MILLISECOND = 1_000_000;
    private static final UserFunction NOTHING = (user, argument) -> { };

    private static long start(User user, UserFunction function, long argument) {
        long thread = user.allocate(8);
        assertEquals(Thrd.SUCCESS, Thrd.create(user, thread, function, argument));
        return user.load64(thread);
    }

    private static long timespec(User user, long nanos) {
        long time = user.allocate(16);
        user.store64(time, nanos / 1_000_000_000);
        user.store64(time + 8, nanos % 1_000_000_000);
        return time;
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void thrd_create(Setting setting) {
        setting.always(user -> {
            long result = user.allocate(8);
            long thread = start(user, (own, argument) -> Thrd.exit(own, (int) argument + 5), 5);
            assertEquals(Thrd.SUCCESS, Thrd.join(user, thread, result));
            assertEquals(10, user.load32(result));
            assertEquals(Thrd.ERROR, Thrd.join(user, thread, result), "joined before");
            assertEquals(Thrd.SUCCESS, Thrd.join(user, start(user, NOTHING, 0), result));
            assertEquals(0, user.load32(result), "returned");
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void thrd_current(Setting setting) {
        setting.once(2, user -> {
            long self = Thrd.current(user);
            long seen = user.allocate(8);
            long thread = start(user, (own, at) -> own.store64(at, Thrd.current(own)), seen);
            assertTrue(Thrd.equal(user, self, self) && Thrd.equal(user, thread, thread));
            assertFalse(Thrd.equal(user, thread, self) || Thrd.equal(user, self, thread));
            assertEquals(Thrd.SUCCESS, Thrd.join(user, thread, 0));
            assertEquals(thread, user.load64(seen));
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void thrd_detach(Setting setting) {
        setting.once(2, user -> {
            long thread = start(user, (own, argument) -> own.sleepUntil(own.monotonicNanos() + 20 * MILLISECOND), 0);
            assertEquals(Thrd.SUCCESS, Thrd.detach(user, thread));
            assertEquals(Thrd.ERROR, Thrd.join(user, thread, 0));
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void thrd_exit(Setting setting) {
        setting.once(2, user -> {
            long result = user.allocate(8);
            long thread = start(user, (own, argument) -> {
                Thrd.exit(own, 1);
                throw new AssertionError("came back");
            }, 0);
            assertEquals(Thrd.SUCCESS, Thrd.join(user, thread, result));
            assertEquals(1, user.load32(result));
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void thrd_sleep(Setting setting) {
        setting.once(2, user -> {
            long left = timespec(user, 77);
            long bad = user.allocate(16);
            user.store64(bad, 1);
            user.store64(bad + 8, -1);
            assertEquals(-2, Thrd.sleep(user, bad, 0));
            long begun = user.monotonicNanos();
            assertEquals(0, Thrd.sleep(user, timespec(user, 10 * MILLISECOND), left));
            assertTrue(user.monotonicNanos() - begun >= 10 * MILLISECOND);
            assertEquals(0, user.load64(left) + user.load64(left + 8), "nothing is left");
            user.sigaction(Signal.SIGALRM, (own, signal, info, context) -> { }, 0, 0);
            int lid = user.lid();
            long alarm = start(user, (own, argument) -> {
                own.sleepUntil(own.monotonicNanos() + 100 * MILLISECOND);
                own.lwpKill(lid, Signal.SIGALRM);
            }, 0);
            begun = user.monotonicNanos();
            assertEquals(-1, Thrd.sleep(user, timespec(user, 1000 * MILLISECOND), left));
            assertTrue(user.monotonicNanos() - begun < 500 * MILLISECOND);
            assertTrue(user.load64(left + 8) > 500 * MILLISECOND, "what is left");
            assertEquals(Thrd.SUCCESS, Thrd.join(user, alarm, 0));
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void thrd_yield(Setting setting) {
        setting.once(1, Thrd::yield);
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void tss_create(Setting setting) {
        setting.once(1, user -> {
            long key = user.allocate(8);
            assertEquals(Thrd.SUCCESS, Tss.create(user, key, null));
            int first = user.load32(key);
            Tss.delete(user, first);
            assertEquals(Thrd.ERROR, Tss.set(user, first, 1));
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void tss_set(Setting setting) {
        setting.once(1, user -> {
            long key = user.allocate(8);
            assertEquals(Thrd.SUCCESS, Tss.create(user, key, null));
            assertEquals(0, Tss.get(user, user.load32(key)));
            assertEquals(Thrd.SUCCESS, Tss.set(user, user.load32(key), 5));
            assertEquals(5, Tss.get(user, user.load32(key)));
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void tss_destructor_main_thread(Setting setting) {
        setting.once(1, user -> {
            long key = user.allocate(8);
            assertEquals(Thrd.SUCCESS, Tss.create(user, key, (own, value) -> {
                throw new AssertionError("tss_delete calls no destructor");
            }));
            assertEquals(Thrd.SUCCESS, Tss.set(user, user.load32(key), 5));
            Tss.delete(user, user.load32(key));
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void tss_destructor_thread_exit(Setting setting) {
        setting.once(2, user -> {
            long keys = user.allocate(8);
            long counts = user.allocate(8);
            for (int i = 0; i < 2; i++) {
                long offset = 4L * i;
                Tss.create(user, keys + offset, (own, value) -> {
                    Tss.set(own, own.load32(keys + offset), value);
                    own.fetchAdd32(counts + offset, 1);
                });
            }
            long thread = start(user, (own, argument) -> Tss.set(own, own.load32(keys + 4), 5), 0);
            assertEquals(Thrd.SUCCESS, Thrd.join(user, thread, 0));
            assertEquals(0, user.load32(counts), "the value was 0");
            assertEquals(Tss.DTOR_ITERATIONS, user.load32(counts + 4), "the destructor set it again each time");
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void call_once(Setting setting) {
        setting.always(user -> {
            long flag = user.allocate(CallOnce.BYTES);
            long count = user.allocate(8);
            UserFunction routine = (own, argument) -> {
                own.compute(MILLISECOND);
                own.fetchAdd32(count, 1);
            };
            long[] threads = new long[8];
            for (int i = 0; i < threads.length; i++) {
                threads[i] = start(user, (own, argument) -> {
                    CallOnce.call(own, flag, routine);
                    assertEquals(1, own.load32(count), "it has returned");
                }, 0);
            }
            for (long thread : threads) {
                assertEquals(Thrd.SUCCESS, Thrd.join(user, thread, 0));
            }
            assertEquals(1, user.load32(count));
        });
    }
}
