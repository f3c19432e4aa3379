// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.sched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.proc.Proc;
import kernel.sched.errno.Errno;
import kernel.sched.task.CpuSet;
import kernel.sched.task.SchedClass;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** _sched_setparam, _sched_getparam, _sched_setaffinity, _sched_getaffinity, _sched_protect: errors in order, effects. */
class SchedCallsTest {
    private static final long BAD = 0xdead_0000L;
    private static final int NOBODY = 4711;

    private static void as(int uid, int cpus, Consumer<User> main) {
        try (TestKernel kernel = new TestKernel("1.84", cpus)) {
            kernel.spawn(7, user -> user.sleep(50_000_000));
            finish(kernel, kernel.spawn(uid, main));
        }
    }

    private static void finish(TestKernel kernel, Proc p) {
        kernel.run();
        assertEquals("GONE 0 0", p.state() + " " + p.exitStatus() + " " + p.exitSignal());
        kernel.assertSound();
    }

    private static long cell(User user, int value) {
        user.store(user.scratch(), value);
        return user.scratch();
    }

    @ParameterizedTest
    @CsvSource({
        // pid, lid, policy, priority, errno as root
        "0, 0, -1, -1, 0", "4711, 0, -1, -1, 0", "0, 0, 3, 0, 22", "0, 0, -2, 0, 22", "4711, 0, 3, 0, 22",
        "0, 0, 1, 64, 22", "0, 0, 1, -2, 22", "4711, 0, 1, 64, 22", "4711, 0, 1, 5, 3", "0, 99, 1, 5, 3",
        "0, 0, 0, 5, 22", "0, 0, -1, 5, 22", "0, 0, 1, 0, 0", "0, 0, 2, 63, 0", "0, 0, 1, -1, 0", "0, 0, 0, -1, 0",
        "1, 0, 2, 7, 0"
    })
    void setparamChecksInOrder(int pid, int lid, int policy, int priority, int errno) {
        as(0, 1, user -> assertEquals(errno,
                user.call("_sched_setparam", pid, lid, policy, cell(user, priority))));
    }

    @Test
    void setparamReadsThePriorityFirst() {
        as(0, 1, user -> assertEquals(Errno.EFAULT, user.call("_sched_setparam", NOBODY, 99, 77, BAD)));
    }

    @ParameterizedTest
    @CsvSource({
        // uid, whose, policy, priority, errno: nobody but root becomes real time or touches others
        "7, 0, 1, 0, 1", "7, 0, 0, -1, 0", "7, 1, 0, -1, 0", "8, 1, 0, -1, 1", "8, 1, -1, -1, 0", "0, 1, 1, 9, 0"
    })
    void setparamNeedsPrivileges(int uid, int pid, int policy, int priority, int errno) {
        as(uid, 1, user -> assertEquals(errno,
                user.call("_sched_setparam", pid, 0, policy, cell(user, priority))));
    }

    @Test
    void zombiesAreNoProcesses() {
        as(0, 1, user -> {
            int child = user.fork(in -> { });
            user.sleep(20_000_000);
            assertEquals(Errno.ESRCH, user.call("_sched_setparam", child, 0, SchedClass.FIFO, cell(user, 5)));
            assertEquals(Errno.ESRCH, user.call("_sched_getparam", child, 0, 0, user.scratch()));
            assertEquals(Errno.ESRCH, user.call("_sched_setaffinity", child, 0, 4, cell(user, 1)));
            assertEquals(Errno.ESRCH, user.call("_sched_getaffinity", child, 0, 4, user.scratch()));
            user.value("wait4", child, 0, 0, 0);
        });
    }

    /** Whoever has a real-time class and is not root may lower its priority and leave the class, but not take another one. */
    @ParameterizedTest
    @CsvSource({"2, 9, 0", "2, 10, 0", "2, 11, 1", "-1, 9, 0", "-1, 11, 1", "1, 9, 1", "1, 10, 1", "1, -1, 1", "2, -1, 0", "0, -1, 0"})
    void withoutPrivilegesRealTimeCanOnlyBeLowered(int policy, int priority, int errno) {
        as(0, 1, user -> {
            user.value("_sched_setparam", 0, 0, SchedClass.RR, cell(user, 10));
            user.value("setuid", 7);
            assertEquals(errno, user.call("_sched_setparam", 0, 0, policy, cell(user, priority)));
        });
    }

    @Test
    void prioritiesAreConvertedBetweenTheClasses() {
        as(0, 1, user -> {
            int before = user.lwp().priority();
            assertParameters(user, SchedClass.OTHER, -1);
            user.value("_sched_setparam", 0, 0, SchedClass.FIFO, cell(user, -1));
            assertEquals(128, user.lwp().priority());
            assertParameters(user, SchedClass.FIFO, 0);
            user.value("_sched_setparam", 0, 0, SchedClass.NONE, cell(user, 21));
            assertParameters(user, SchedClass.FIFO, 21);
            user.value("_sched_setparam", 0, 0, SchedClass.RR, cell(user, -1));
            assertParameters(user, SchedClass.RR, 21);
            user.value("_sched_setparam", 0, 0, SchedClass.OTHER, cell(user, -1));
            assertEquals(21, user.lwp().priority());
            assertTrue(before != 21);
        });
    }

    private static void assertParameters(User user, int policy, int priority) {
        long at = user.scratch() + 64;
        user.value("_sched_getparam", 0, user.lwp().lid(), at, at + 4);
        assertEquals(policy, user.load(at));
        assertEquals(priority, user.load(at + 4));
    }

    @Test
    void getparamErrors() {
        as(8, 1, user -> {
            long at = user.scratch();
            assertEquals(Errno.ESRCH, user.call("_sched_getparam", NOBODY, 0, BAD, BAD));
            assertEquals(Errno.ESRCH, user.call("_sched_getparam", 0, 99, BAD, BAD));
            assertEquals(Errno.ESRCH, user.call("_sched_getparam", -1, 0, BAD, BAD));
            assertEquals(Errno.EPERM, user.call("_sched_getparam", 1, 0, BAD, BAD));
            assertEquals(Errno.EFAULT, user.call("_sched_getparam", 0, 0, at, BAD));
            assertEquals(Errno.EFAULT, user.call("_sched_getparam", 0, 0, BAD, at));
            assertEquals(0, user.call("_sched_getparam", 0, 0, 0, at));
        });
    }

    @ParameterizedTest
    @CsvSource({
        // pid, lid, size, CPU bits, errno as root on three CPUs of which 2 is in a processor set
        "0, 0, 33, 1, 22", "4711, 0, 33, 1, 22", "0, 0, 4, 4, 1", "0, 0, 4, 5, 1", "4711, 0, 4, 4, 1",
        "4711, 0, 4, 1, 3", "0, 99, 4, 1, 3", "0, 0, 4, 2, 0", "0, 0, 0, 255, 0", "0, 0, 4, 0, 0", "0, 0, 4, 8, 0"
    })
    void setaffinityChecksInOrder(int pid, int lid, long size, int bits, int errno) {
        as(0, 3, user -> {
            user.value("pset_create", user.scratch() + 128);
            user.value("pset_assign", 1, 2, 0);
            assertEquals(errno, user.call("_sched_setaffinity", pid, lid, size, cell(user, bits)));
        });
    }

    @Test
    void setaffinityIsForRootAndReadsTheSetFirst() {
        as(7, 2, user -> {
            assertEquals(Errno.EFAULT, user.call("_sched_setaffinity", NOBODY, 0, 4, BAD));
            assertEquals(Errno.ESRCH, user.call("_sched_setaffinity", NOBODY, 0, 4, cell(user, 1)));
            assertEquals(Errno.EPERM, user.call("_sched_setaffinity", 0, 99, 4, cell(user, 1)));
        });
    }

    @Test
    void affinityMovesTheLwpAndIsReadBackAndInherited() {
        as(0, 3, user -> {
            user.value("_sched_setaffinity", 0, 0, 4, cell(user, 4));
            user.value("sched_yield");
            assertEquals(2, user.lwp().cpu().id());
            long at = user.scratch() + 64;
            user.storeLong(at, -1);
            user.value("_sched_getaffinity", 0, 0, 4, at);
            assertEquals(4, user.load(at));
            assertEquals(-1, user.load(at + 4));
            assertEquals(CpuSet.of(2), user.lwp().affinity());
            user.value("_sched_setaffinity", 0, 0, 4, cell(user, 0));
            assertNull(user.lwp().affinity());
            user.value("_sched_getaffinity", 0, 0, 32, at);
            assertEquals(0, user.loadLong(at));
        });
    }

    @Test
    void getaffinityIsForEverybody() {
        as(8, 1, user -> {
            long at = user.scratch();
            assertEquals(0, user.call("_sched_getaffinity", 1, 0, 8, at));
            assertEquals(Errno.EINVAL, user.call("_sched_getaffinity", NOBODY, 0, 33, BAD));
            assertEquals(Errno.EFAULT, user.call("_sched_getaffinity", NOBODY, 0, 8, BAD));
            assertEquals(Errno.ESRCH, user.call("_sched_getaffinity", NOBODY, 0, 8, at));
            assertEquals(Errno.ESRCH, user.call("_sched_getaffinity", 0, 99, 8, at));
        });
    }

    @Test
    void ceilingsNest() {
        as(0, 1, user -> {
            assertEquals(Errno.ENOENT, user.call("_sched_protect", -2));
            assertEquals(Errno.EINVAL, user.call("_sched_protect", -1));
            assertEquals(Errno.EPERM, user.call("_sched_protect", 64));
            user.value("_sched_protect", 5);
            assertEquals(-1, user.lwp().protectPriority(), "time sharing only counts the depth");
            user.value("_sched_protect", -1);
            user.value("_sched_setparam", 0, 0, SchedClass.FIFO, cell(user, 10));
            assertEquals(Errno.EPERM, user.call("_sched_protect", 9));
            user.value("_sched_protect", 10);
            user.value("_sched_protect", -1);
            user.value("_sched_protect", 20);
            user.value("_sched_protect", 15);
            assertEquals(20, user.value("_sched_protect", -2));
            assertEquals(148, user.lwp().effectivePriority());
            user.value("_sched_protect", -1);
            assertEquals(20, user.value("_sched_protect", -2));
            user.value("_sched_protect", -1);
            assertEquals(138, user.lwp().effectivePriority());
        });
    }

    @Test
    void revisionsBefore2017HaveNoCeilings() {
        try (TestKernel kernel = new TestKernel("1.47", 1)) {
            kernel.runToEnd(user -> assertEquals(Errno.ENOSYS, user.call("_sched_protect", 5)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4bsd", "m2"})
    void classAndAffinityCrossASwap(String next) {
        try (TestKernel kernel = new TestKernel("1.84", 2)) {
            Proc p = kernel.spawn(user -> {
                user.value("_sched_setparam", 0, 0, SchedClass.RR, cell(user, 30));
                user.value("_sched_setaffinity", 0, 0, 4, cell(user, 2));
                user.sleep(20_000_000);
                assertParameters(user, SchedClass.RR, 30);
                assertEquals(1, user.lwp().cpu().id());
            });
            kernel.run(RunLimit.until(10_000_000));
            kernel.swap("sched", next);
            finish(kernel, p);
        }
    }
}
