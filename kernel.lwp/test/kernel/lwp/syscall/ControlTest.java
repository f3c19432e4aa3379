// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.proc.LwpFlag;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.Signal;
import kernel.sched.errno.Errno;
import kernel.sched.task.TaskState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** _lwp_suspend, _lwp_continue, _lwp_wakeup, _lwp_kill. */
class ControlTest {
    private static final long MS = 1_000_000L;

    private static void main(String lwp, int cpus, Consumer<User> main) {
        try (TestKernel kernel = new TestKernel(lwp, cpus)) {
            kernel.runToEnd(main);
        }
    }

    private static TaskState state(User user, int lid) {
        return user.lwp().proc().anyLwp(lid).state();
    }

    /** Trace E: the park ends with 0, but only after the continue. */
    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void suspendingAParkedLwp(String lwp) {
        main(lwp, 1, user -> {
            int[] result = {-1, -1};
            int a = user.create(child -> {
                result[0] = child.park(0);
                result[1] = child.park(0);
            });
            user.sleep(20 * MS);
            assertEquals(0, user.call("_lwp_suspend", a));
            assertEquals(TaskState.LSSUSPENDED, state(user, a));
            assertEquals(1, user.lwp().proc().runnableCount());
            assertEquals(0, user.unpark(a, 0));
            assertEquals(-1, result[0]);
            assertEquals(0, user.call("_lwp_continue", a));
            assertEquals(0, user.await(a));
            assertEquals(0, result[0]);
            assertEquals(Errno.EALREADY, result[1]);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void suspendingARunningLwp(String lwp) {
        main(lwp, 2, user -> {
            long counter = user.map(4096);
            int a = user.create(child -> {
                while (child.load(counter + 8) == 0) {
                    child.store(counter, child.load(counter) + 1);
                    child.compute(MS);
                }
            });
            user.sleep(50 * MS);
            assertEquals(0, user.call("_lwp_suspend", a));
            assertEquals(TaskState.LSSUSPENDED, state(user, a));
            int before = user.load(counter);
            user.sleep(50 * MS);
            assertEquals(before, user.load(counter));
            user.store(counter + 8, 1);
            assertEquals(0, user.call("_lwp_continue", a));
            assertEquals(0, user.await(a));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void suspendErrors(String lwp) {
        main(lwp, 1, user -> {
            assertEquals(Errno.ESRCH, user.call("_lwp_suspend", 99));
            assertEquals(Errno.EDEADLK, user.call("_lwp_suspend", user.lwp().lid()));
            assertEquals(Errno.ESRCH, user.call("_lwp_continue", 99));
            assertEquals(0, user.call("_lwp_continue", user.lwp().lid()));
        });
    }

    /** A defect kept from the originals: the wait starts with a sleep that nothing ends. */
    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void suspendingTwiceBlocksUntilSomethingElseHappens(String lwp) {
        main(lwp, 1, user -> {
            int[] result = {-1};
            int a = user.create(child -> child.park(0));
            user.sleep(20 * MS);
            assertEquals(0, user.call("_lwp_suspend", a));
            int b = user.create(child -> result[0] = child.call("_lwp_suspend", a));
            user.sleep(100 * MS);
            assertEquals(-1, result[0]);
            assertEquals(TaskState.LSSLEEP, state(user, b));
            assertEquals(0, user.call("_lwp_continue", a));
            assertEquals(0, user.await(b));
            assertEquals(0, result[0]);
            assertEquals(0, user.await(a));
        });
    }

    /** A defect kept from the originals: the LWP sleeps in the call instead of being suspended. */
    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void suspendingOneselfSleepsFirst(String lwp) {
        main(lwp, 1, user -> {
            int a = user.create(child -> child.call("_lwp_suspend", child.lwp().lid()));
            user.sleep(50 * MS);
            assertEquals(TaskState.LSSLEEP, state(user, a));
            assertTrue((user.lwp().proc().anyLwp(a).flags() & LwpFlag.LW_WSUSPEND) != 0);
            assertEquals(0, user.call("_lwp_wakeup", a));
            user.sleep(50 * MS);
            assertEquals(TaskState.LSSUSPENDED, state(user, a));
            user.call("exit", 0);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void wakeupTellsWhatTheTargetDoes(String lwp) {
        main(lwp, 2, user -> {
            assertEquals(Errno.ESRCH, user.call("_lwp_wakeup", 99));
            assertEquals(Errno.ENODEV, user.call("_lwp_wakeup", user.lwp().lid()));
            assertEquals(Errno.EALREADY, user.park(0));
            int[] result = {-1};
            int a = user.create(child -> {
                long ts = child.timespec(2048, 10_000 * MS);
                result[0] = child.call("__nanosleep50", ts, 0);
            });
            user.sleep(50 * MS);
            assertEquals(0, user.call("_lwp_wakeup", a));
            assertEquals(0, user.await(a));
            assertEquals(Errno.EINTR, result[0]);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1.47, 99, -1, 22", "1.76.2.1, 99, -1, 22", "1.84, 99, -1, 22",
        "1.47, 99, 64, 22", "1.76.2.1, 99, 64, 22", "1.84, 1, 64, 22",
        "1.47, 99, 9, 3", "1.76.2.1, 99, 9, 3", "1.84, 99, 0, 3",
        "1.47, 1, 0, 0", "1.76.2.1, 1, 0, 0", "1.84, 1, 0, 0",
        "1.47, 1, 20, 0", "1.76.2.1, 1, 20, 0", "1.84, 1, 28, 0"
    })
    void killChecksInOrder(String lwp, int lid, int signo, int errno) {
        main(lwp, 1, user -> assertEquals(errno, user.call("_lwp_kill", lid, signo)));
    }

    @ParameterizedTest
    @CsvSource({"1.47, 9", "1.76.2.1, 9", "1.84, 9", "1.47, 15", "1.76.2.1, 15", "1.84, 15", "1.84, 11"})
    void aFatalSignalEndsTheWholeProcess(String lwp, int signo) {
        try (TestKernel kernel = new TestKernel(lwp, 2)) {
            Proc p = kernel.spawn(user -> {
                for (int i = 0; i < 5; i++) {
                    user.create(child -> child.park(0));
                }
                user.create(child -> {
                    while (true) {
                        child.compute(MS);
                    }
                });
                user.sleep(100 * MS);
                user.call("_lwp_kill", user.lwp().lid(), signo);
                throw new AssertionError("a killed LWP returned to user mode");
            });
            kernel.run();
            assertEquals("GONE " + signo, p.state() + " " + p.exitSignal());
            kernel.assertSound();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void aSignalInterruptsAPark(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            Proc p = kernel.spawn(user -> user.park(0));
            kernel.run();
            assertEquals(Proc.State.ACTIVE, p.state());
            assertTrue(kernel.kernel().kill(p.pid(), Signal.SIGTERM));
            kernel.run();
            assertEquals("GONE 15", p.state() + " " + p.exitSignal());
            assertTrue(!kernel.kernel().kill(4711, Signal.SIGTERM));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void aBadAccessKills(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            Proc p = kernel.spawn(user -> user.load(0xdead_0000L));
            kernel.run();
            assertEquals("GONE 11", p.state() + " " + p.exitSignal());
            kernel.assertSound();
        }
    }
}
