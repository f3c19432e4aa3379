// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Crew;
import userland.core.fixture.Setting;
import userland.program.User;
import userland.pthread.Mutexes;

/** The cases of t_mutex, with fewer rounds. */
class MutexTest {
    private static final String ALL = "userland.core.fixture.Setting#all";
    private static final String NEWER = "userland.core.fixture.Setting#newer";
    private static final String OLDER = "userland.core.fixture.Setting#older";
    private static final int ROUNDS = 1_000;

    static long mutex(User user, int type) {
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
