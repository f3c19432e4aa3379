// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.LwpFlag;
import kernel.lwp.proc.LwpLife;
import kernel.lwp.proc.Proc;
import kernel.sched.errno.Errno;
import kernel.sched.task.TaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** _lwp_wait and _lwp_detach: the table of worked cases, and the counters. */
class WaitTest {
    private static void nothing(User user) {
        // Ends at once.
    }

    private static void sleepLong(User user) {
        user.sleep(1_000_000_000L);
    }

    /** Runs a case and gives the errno of its wait, or -1 if it still sleeps when nothing can happen. */
    private static int result(String lwp, java.util.function.ToIntFunction<User> waiter) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            int[] error = {-1};
            Proc p = kernel.spawn(user -> {
                error[0] = waiter.applyAsInt(user);
                user.call("exit", 0);
            });
            kernel.run();
            kernel.assertSound();
            assertTrue(error[0] != -1 || p.newestLwp() != null);
            return error[0];
        }
    }

    @ParameterizedTest
    @CsvSource({"1.47, 3", "1.76.2.1, 3", "1.84, 3"})
    void waitingForAnyAsTheOnlyLwp(String lwp, int errno) {
        assertEquals(errno, result(lwp, user -> user.await(0)));
    }

    @ParameterizedTest
    @CsvSource({"1.47, 11", "1.76.2.1, 11", "1.84, 11"})
    void waitingForOneself(String lwp, int errno) {
        assertEquals(errno, result(lwp, user -> user.await(user.lwp().lid())));
    }

    @ParameterizedTest
    @CsvSource({"1.47, 11", "1.76.2.1, 22", "1.84, 22"})
    void waitingForOneselfDetached(String lwp, int errno) {
        assertEquals(errno, result(lwp, user -> {
            assertEquals(0, user.call("_lwp_detach", user.lwp().lid()));
            return user.await(user.lwp().lid());
        }));
    }

    @ParameterizedTest
    @CsvSource({"1.47, 11", "1.76.2.1, 11", "1.84, 11"})
    void twoWaitForEachOther(String lwp, int errno) {
        assertEquals(errno, result(lwp, user -> {
            int main = user.lwp().lid();
            int other = user.create(child -> child.await(main));
            user.sleep(50_000_000);
            return user.await(other);
        }));
    }

    @ParameterizedTest
    @CsvSource({
        "1.47, false, 11", "1.76.2.1, false, 11", "1.84, false, 11",
        "1.47, true, -1", "1.76.2.1, true, -1", "1.84, true, -1",
    })
    void threeWaitInACycle(String lwp, boolean fourthRuns, int errno) {
        assertEquals(errno, result(lwp, user -> {
            int main = user.lwp().lid();
            int[] third = new int[1];
            int second = user.create(child -> {
                child.sleep(50_000_000);
                child.await(third[0]);
            });
            third[0] = user.create(child -> child.await(main));
            if (fourthRuns) {
                user.create(child -> child.park(1));
            }
            user.sleep(200_000_000);
            return user.await(second);
        }));
    }

    @ParameterizedTest
    @CsvSource({"1.47, 11", "1.76.2.1, -1", "1.84, -1"})
    void everybodyElseIsSuspended(String lwp, int errno) {
        assertEquals(errno, result(lwp, user -> {
            user.create(WaitTest::nothing, 0, LwpFlag.LWP_SUSPENDED);
            user.sleep(50_000_000);
            return user.await(0);
        }));
    }

    @ParameterizedTest
    @CsvSource({"1.47, 3", "1.76.2.1, 22", "1.84, 22"})
    void aDetachedTarget(String lwp, int errno) {
        assertEquals(errno, result(lwp, user -> user.await(user.createDetached(WaitTest::sleepLong))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void onlyDetachedOthers(String lwp) {
        assertEquals(Errno.ESRCH, result(lwp, user -> {
            user.createDetached(WaitTest::sleepLong);
            return user.await(0);
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void anUnknownTarget(String lwp) {
        assertEquals(Errno.ESRCH, result(lwp, user -> user.await(4711)));
    }

    @ParameterizedTest
    @CsvSource({"1.47, 3", "1.76.2.1, 22", "1.84, 22"})
    void theTargetIsDetachedMeanwhile(String lwp, int errno) {
        assertEquals(errno, result(lwp, user -> {
            int target = user.create(WaitTest::sleepLong);
            user.create(child -> {
                child.sleep(50_000_000);
                assertEquals(0, child.call("_lwp_detach", target));
            });
            return user.await(target);
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void aSpecificWaiterComesBeforeAnAnyWaiter(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            int[] results = new int[2];
            kernel.runToEnd(user -> {
                int target = user.create(child -> child.sleep(100_000_000));
                int specific = user.create(child -> results[0] = child.await(target));
                user.sleep(20_000_000);
                assertEquals(0, user.call("_lwp_wait", 0, user.scratch()));
                results[1] = user.load(user.scratch());
                assertEquals(specific, results[1]);
            });
            assertEquals(0, results[0]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void aBadPointerLosesTheCollectedLwp(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            kernel.runToEnd(user -> {
                int lid = user.create(WaitTest::nothing);
                assertEquals(Errno.EFAULT, user.call("_lwp_wait", lid, 0xdead_0000L));
                assertEquals(Errno.ESRCH, user.await(lid));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void detachErrors(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            kernel.runToEnd(user -> {
                assertEquals(Errno.ESRCH, user.call("_lwp_detach", 99));
                assertEquals(Errno.ESRCH, user.call("_lwp_detach", 0));
                assertEquals(0, user.call("_lwp_detach", user.lwp().lid()));
                assertEquals(Errno.EINVAL, user.call("_lwp_detach", user.lwp().lid()));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void detachingAZombieFreesIt(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            kernel.runToEnd(user -> {
                int lid = user.create(WaitTest::nothing);
                user.sleep(50_000_000);
                assertEquals(TaskState.LSZOMB, user.lwp().proc().anyLwp(lid).state());
                assertEquals(0, user.call("_lwp_detach", lid));
                assertEquals(1, user.lwp().proc().lwpCount());
                assertEquals(0, user.lwp().proc().zombieCount());
                assertEquals(Errno.ESRCH, user.call("_lwp_detach", lid));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void anEmbryoCannotBeDetached(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            kernel.runToEnd(user -> {
                LwpLife life = user.lwp().proc().processes().lwpLife();
                Lwp embryo = life.create(user.lwp(), false, 0);
                assertEquals(TaskState.LSIDL, embryo.state());
                assertEquals(Errno.ESRCH, user.call("_lwp_detach", embryo.lid()));
                life.discard(embryo);
                assertEquals(0, user.await(embryo.lid()));
            });
        }
    }

    @Test
    void detachedLwpsAreFreedWithoutAWait() {
        try (TestKernel kernel = new TestKernel("1.84", 2)) {
            kernel.runToEnd(user -> {
                for (int i = 0; i < 50; i++) {
                    user.createDetached(WaitTest::nothing);
                }
                user.sleep(100_000_000);
                assertTrue(user.lwp().proc().lwpCount() <= 2, () -> user.lwp().proc().lwpCount() + " LWPs");
            });
        }
    }
}
