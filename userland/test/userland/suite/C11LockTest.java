// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import userland.c11.Cnd;
import userland.c11.Mtx;
import userland.c11.Thrd;
import userland.core.fixture.Crew;
import userland.core.fixture.Setting;
import userland.program.User;

/** The cases of t_mtx and t_cnd. */
class C11LockTest {
    private static final String ALL = "userland.core.fixture.Setting#all";
    private static final String NEWER = "userland.core.fixture.Setting#newer";
    /** One nanosecond after 1970. */
    private static final long LONG_AGO = 1;

    private static long mutex(User user, int type) {
        long mutex = user.allocate(Mtx.BYTES);
        assertEquals(Thrd.SUCCESS, Mtx.init(user, mutex, type));
        return mutex;
    }

    private static void unlock(User user, long mutex, int times) {
        for (int i = 0; i < times; i++) {
            assertEquals(Thrd.SUCCESS, Mtx.unlock(user, mutex));
        }
        assertEquals(Thrd.ERROR, Mtx.unlock(user, mutex), "not locked any more");
        Mtx.destroy(user, mutex);
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void mtx_init(Setting setting) {
        setting.once(1, user -> {
            long mutex = user.allocate(Mtx.BYTES);
            for (int type : new int[] {Mtx.PLAIN, Mtx.PLAIN | Mtx.RECURSIVE, Mtx.TIMED, Mtx.TIMED | Mtx.RECURSIVE}) {
                assertEquals(Thrd.SUCCESS, Mtx.init(user, mutex, type), "type " + type);
                Mtx.destroy(user, mutex);
            }
            for (int type : new int[] {Mtx.RECURSIVE, Mtx.PLAIN | Mtx.TIMED, -1, 0}) {
                assertEquals(Thrd.ERROR, Mtx.init(user, mutex, type), "type " + type);
            }
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void mtx_lock(Setting setting) {
        setting.once(1, user -> {
            for (int type : new int[] {Mtx.PLAIN, Mtx.TIMED}) {
                long mutex = mutex(user, type);
                assertEquals(Thrd.SUCCESS, Mtx.lock(user, mutex));
                unlock(user, mutex, 1);
                mutex = mutex(user, type | Mtx.RECURSIVE);
                for (int i = 0; i < 3; i++) {
                    assertEquals(Thrd.SUCCESS, Mtx.lock(user, mutex));
                }
                unlock(user, mutex, 3);
            }
        });
    }

    @ParameterizedTest
    @MethodSource(NEWER)
    void mtx_timedlock(Setting setting) {
        setting.once(1, user -> {
            long mutex = mutex(user, Mtx.TIMED);
            assertEquals(Thrd.SUCCESS, Mtx.timedLock(user, mutex, LONG_AGO), "a free one needs no time");
            assertEquals(Thrd.TIMEDOUT, Mtx.timedLock(user, mutex, LONG_AGO));
            unlock(user, mutex, 1);
            mutex = mutex(user, Mtx.TIMED | Mtx.RECURSIVE);
            assertEquals(Thrd.SUCCESS, Mtx.lock(user, mutex));
            assertEquals(Thrd.SUCCESS, Mtx.timedLock(user, mutex, LONG_AGO));
            assertEquals(Thrd.SUCCESS, Mtx.lock(user, mutex));
            unlock(user, mutex, 3);
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void mtx_trylock(Setting setting) {
        setting.once(1, user -> {
            for (int type : new int[] {Mtx.PLAIN, Mtx.TIMED}) {
                long mutex = mutex(user, type);
                assertEquals(Thrd.SUCCESS, Mtx.tryLock(user, mutex));
                assertEquals(Thrd.BUSY, Mtx.tryLock(user, mutex));
                unlock(user, mutex, 1);
                mutex = mutex(user, type | Mtx.RECURSIVE);
                assertEquals(Thrd.SUCCESS, Mtx.lock(user, mutex));
                assertEquals(Thrd.SUCCESS, Mtx.tryLock(user, mutex));
                unlock(user, mutex, 2);
            }
        });
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void cnd_init(Setting setting) {
        setting.once(1, user -> {
            long condition = user.allocate(Cnd.BYTES);
            assertEquals(Thrd.SUCCESS, Cnd.init(user, condition));
            Cnd.destroy(user, condition);
            assertEquals(Thrd.ERROR, Cnd.signal(user, condition));
        });
    }

    /** Eight threads wait; one is woken and wakes the next, or all are woken at once. */
    private static void notify(User user, boolean one) {
        long mutex = mutex(user, Mtx.PLAIN);
        long condition = user.allocate(Cnd.BYTES);
        long finished = user.allocate(8);
        assertEquals(Thrd.SUCCESS, Cnd.init(user, condition));
        Crew crew = Crew.start(user, 8, (own, index) -> {
            assertEquals(Thrd.SUCCESS, Mtx.lock(own, mutex));
            while (own.load32(finished) == 0) {
                assertEquals(Thrd.SUCCESS, Cnd.await(own, condition, mutex));
            }
            assertEquals(Thrd.SUCCESS, Mtx.unlock(own, mutex));
            if (one) {
                assertEquals(Thrd.SUCCESS, Cnd.signal(own, condition));
            }
        });
        user.compute(5_000_000);
        assertEquals(Thrd.SUCCESS, Mtx.lock(user, mutex));
        user.store32(finished, 1);
        assertEquals(Thrd.SUCCESS, Mtx.unlock(user, mutex));
        assertEquals(Thrd.SUCCESS, one ? Cnd.signal(user, condition) : Cnd.broadcast(user, condition));
        crew.join();
        Cnd.destroy(user, condition);
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void cnd_broadcast(Setting setting) {
        setting.always(user -> notify(user, false));
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void cnd_signal(Setting setting) {
        setting.always(user -> notify(user, true));
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void cnd_timedwait(Setting setting) {
        setting.once(2, user -> {
            long mutex = mutex(user, Mtx.PLAIN);
            long condition = user.allocate(Cnd.BYTES);
            assertEquals(Thrd.SUCCESS, Cnd.init(user, condition));
            assertEquals(Thrd.SUCCESS, Mtx.lock(user, mutex));
            assertEquals(Thrd.TIMEDOUT, Cnd.timedAwait(user, condition, mutex, LONG_AGO));
            unlock(user, mutex, 1);
        });
    }
}
