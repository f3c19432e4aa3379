// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.TestMachine;
import kernel.lwp.fixture.User;
import kernel.lwp.machine.UserContext;
import kernel.lwp.proc.LwpFlag;
import kernel.sched.errno.Errno;
import kernel.sched.task.TaskState;
import kernel.vm.syscall.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** _lwp_create: order of checks, errors, side effects, and what the revisions do differently. */
class CreateTest {
    private static final long BAD = 0xdead_0000L;

    private static void nothing(User user) {
        // Ends at once.
    }

    /** A context with the given flags and flags register. */
    private static long context(User user, int flags, long status) {
        user.context(CreateTest::nothing, 0);
        UserContext context = new UserContext();
        context.flags = flags;
        context.registers().status = status;
        context.registers().pc = 0x1001;
        return user.put(context);
    }

    @ParameterizedTest
    @CsvSource({
        // revision, good pointer, UC_CPU, good status, good lid pointer, errno
        "1.47, false, true, true, false, 14",
        "1.76.2.1, false, true, true, false, 14",
        "1.84, false, true, true, false, 14",
        "1.47, true, false, false, true, 0",
        "1.76.2.1, true, false, false, false, 22",
        "1.84, true, false, false, false, 22",
        "1.47, true, true, false, true, 0",
        "1.76.2.1, true, true, false, false, 22",
        "1.84, true, true, false, false, 22",
        "1.47, true, true, true, false, 14",
        "1.76.2.1, true, true, true, false, 14",
        "1.84, true, true, true, false, 14",
        "1.47, true, true, true, true, 0",
        "1.76.2.1, true, true, true, true, 0",
        "1.84, true, true, true, true, 0",
    })
    void checksComeInOrder(String lwp, boolean pointer, boolean cpu, boolean status, boolean lid, int errno) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            kernel.runToEnd(user -> {
                long at = context(user, cpu ? UserContext.UC_CPU : 0, status ? TestMachine.STATUS : 1);
                assertEquals(errno, user.call("_lwp_create", pointer ? at : BAD, LwpFlag.LWP_SUSPENDED,
                        lid ? at + 1024 : BAD));
                user.call("exit", 0);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void anLwpWhoseIdCannotBeStoredNeverRuns(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 2)) {
            boolean[] ran = new boolean[1];
            kernel.runToEnd(user -> {
                long at = user.context(child -> ran[0] = true, 0);
                assertEquals(Errno.EFAULT, user.call("_lwp_create", at, 0, BAD));
                user.sleep(50_000_000);
                assertEquals(0, user.await(0));
                assertEquals(Errno.ESRCH, user.await(0));
            });
            assertTrue(!ran[0]);
        }
    }

    @ParameterizedTest
    @CsvSource({"1.47, true, 0", "1.76.2.1, true, 64", "1.76.2.1, false, 0", "1.84, true, 64", "1.84, false, 0"})
    void theSignalMaskComesFromTheContextSince2020(String lwp, boolean given, long mask) {
        assertEquals(mask, maskOfChild(lwp, given ? UserContext.UC_SIGMASK : 0));
    }

    private static long maskOfChild(String lwp, int flags) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            long[] mask = new long[1];
            kernel.runToEnd(user -> {
                user.context(CreateTest::nothing, 0);
                UserContext context = new UserContext();
                context.flags = UserContext.UC_CPU | flags;
                context.signalMaskLow = 0x40;
                context.registers().status = TestMachine.STATUS;
                context.registers().pc = 0x1001;
                long at = user.put(context);
                assertEquals(0, user.call("_lwp_create", at, LwpFlag.LWP_SUSPENDED, at + 1024));
                mask[0] = user.lwp().proc().anyLwp(user.load(at + 1024)).signalMask();
                user.call("exit", 0);
            });
            return mask[0];
        }
    }

    /** Trace G of the reference. */
    @ParameterizedTest
    @CsvSource({"1.47, LSSUSPENDED 1", "1.76.2.1, LSRUN 2", "1.84, LSRUN 2"})
    void createSuspendedDiffers(String lwp, String stateAndCount) {
        assertEquals(stateAndCount, stateAfterCreateSuspended(lwp));
    }

    private static String stateAfterCreateSuspended(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            String[] seen = new String[1];
            boolean[] ran = new boolean[1];
            kernel.runToEnd(user -> {
                int lid = user.create(child -> ran[0] = true, 0, LwpFlag.LWP_SUSPENDED);
                seen[0] = user.lwp().proc().anyLwp(lid).state() + " " + user.lwp().proc().runnableCount();
                user.sleep(100_000_000);
                assertEquals(TaskState.LSSUSPENDED, user.lwp().proc().anyLwp(lid).state());
                assertEquals(1, user.lwp().proc().runnableCount());
                assertTrue(!ran[0]);
                assertEquals(0, user.call("_lwp_continue", lid));
                assertEquals(0, user.await(lid));
                assertTrue(ran[0]);
            });
            return seen[0];
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.76.2.1", "1.84"})
    void continueBeforeItRanJustClearsTheRequest(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            kernel.runToEnd(user -> {
                int lid = user.create(CreateTest::nothing, 0, LwpFlag.LWP_SUSPENDED);
                assertEquals(0, user.call("_lwp_continue", lid));
                assertEquals(0, user.await(lid));
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"1.47, 7, 0", "1.76.2.1, 7, 35", "1.76.2.1, 0, 0", "1.84, 7, 35", "1.84, 0, 0"})
    void theThreadLimitBindsUsersInTheNewRevision(String lwp, int uid, int errno) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            int[] result = {-1};
            kernel.spawn(uid, user -> {
                user.lwp().proc().limits().set(Resource.NTHR, 0, 0);
                long at = user.context(CreateTest::nothing, 0);
                result[0] = user.call("_lwp_create", at, LwpFlag.LWP_DETACHED, at + 1024);
            });
            kernel.run();
            assertEquals(errno, result[0]);
            assertEquals(0, kernel.kernel().processes().threadsOf(uid));
            kernel.assertSound();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1"})
    void idsCountPerProcessUntil2020(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            kernel.runToEnd(user -> {
                assertEquals(1, user.lwp().lid());
                int second = user.create(CreateTest::nothing);
                assertEquals(2, second);
                assertEquals(0, user.await(second));
                assertEquals(3, user.create(CreateTest::nothing));
                assertEquals(0, user.await(3));
            });
        }
    }

    @Test
    void idsAreGlobalInTheNewRevision() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.runToEnd(user -> {
                assertEquals(user.lwp().pid(), user.lwp().lid());
                int lid = user.create(CreateTest::nothing);
                int pid = user.fork(child -> assertEquals(child.lwp().pid(), child.lwp().lid()));
                assertTrue(lid != pid && lid != user.lwp().pid());
                assertEquals(0, user.await(lid));
                assertEquals(0, user.call("wait4", pid, 0, 0));
            });
        }
    }

    @Test
    void thePidComesBackAsAnIdWhenTheFirstLwpIsGone() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            int[] next = new int[1];
            kernel.spawn(user -> {
                int first = user.lwp().lid();
                user.create(second -> {
                    assertEquals(0, second.await(first));
                    next[0] = second.create(CreateTest::nothing);
                    assertEquals(0, second.await(next[0]));
                });
            });
            kernel.run();
            assertEquals(1, next[0]);
            kernel.assertSound();
            assertNull(kernel.kernel().processes().table().find(1));
        }
    }
}
