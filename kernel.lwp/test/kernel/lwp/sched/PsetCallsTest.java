// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.sched;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Consumer;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.proc.Proc;
import kernel.sched.errno.Errno;
import kernel.sched.task.CpuState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** pset_create, pset_destroy, pset_assign, _pset_bind: errors in order, effects. */
class PsetCallsTest {
    private static final long BAD = 0xdead_0000L;
    private static final int NONE = 0;
    private static final int MYID = -1;
    private static final int QUERY = -2;
    private static final int PID = 1;
    private static final int LWPID = 2;

    private static void as(int uid, int cpus, Consumer<User> main) {
        try (TestKernel kernel = new TestKernel("1.84", cpus)) {
            finish(kernel, kernel.spawn(uid, main));
        }
    }

    private static void finish(TestKernel kernel, Proc p) {
        kernel.run();
        assertEquals("GONE 0 0", p.state() + " " + p.exitStatus() + " " + p.exitSignal());
        kernel.assertSound();
    }

    private static int create(User user) {
        user.value("pset_create", user.scratch());
        return user.load(user.scratch());
    }

    private static int old(User user) {
        return user.load(user.scratch() + 8);
    }

    @Test
    void onlyRootMayDoMoreThanAsk() {
        as(7, 2, user -> {
            assertEquals(Errno.EPERM, user.call("pset_create", BAD));
            assertEquals(Errno.EPERM, user.call("pset_destroy", 99));
            assertEquals(Errno.EPERM, user.call("pset_assign", 99, 99, BAD));
            assertEquals(Errno.EPERM, user.call("_pset_bind", 99, 99, 99, 99, BAD));
            assertEquals(0, user.call("pset_assign", QUERY, 1, user.scratch() + 8));
            assertEquals(NONE, old(user));
            assertEquals(0, user.call("_pset_bind", PID, MYID, 0, QUERY, user.scratch() + 8));
            assertEquals(NONE, user.lwp().processorSet());
            assertEquals(NONE, user.lwp().proc().processes().dispatcher().cpu(1).processorSet());
        });
    }

    @Test
    void rootMayAskWithoutChangingAnything() {
        as(0, 2, user -> {
            create(user);
            user.value("pset_assign", 1, 1, 0);
            user.value("_pset_bind", PID, MYID, 0, 1, 0);
            for (int i = 0; i < 2; i++) {
                user.value("pset_assign", QUERY, 1, user.scratch() + 8);
                assertEquals(1, old(user));
                user.value("_pset_bind", PID, MYID, 0, QUERY, user.scratch() + 8);
                assertEquals(1, old(user));
            }
        });
    }

    @Test
    void thereMayBeAsManySetsAsCpus() {
        as(0, 40, user -> {
            for (int i = 1; i <= 40; i++) {
                assertEquals(i, create(user));
            }
            assertEquals(Errno.ENOMEM, user.call("pset_create", user.scratch()));
        });
    }

    @Test
    void numbersAreTheLowestFreeOnesAndRunOut() {
        as(0, 1, user -> {
            assertEquals(Errno.EFAULT, user.call("pset_create", BAD), "and the set is gone again");
            for (int i = 1; i <= 32; i++) {
                assertEquals(i, create(user));
            }
            assertEquals(Errno.ENOMEM, user.call("pset_create", user.scratch()));
            user.value("pset_destroy", 5);
            assertEquals(5, create(user));
        });
    }

    @ParameterizedTest
    @CsvSource({"0, 22", "-1, 22", "-2, 22", "2, 22", "1, 0"})
    void destroyTakesSetsThatWereMade(int set, int errno) {
        as(0, 2, user -> {
            create(user);
            assertEquals(errno, user.call("pset_destroy", set));
        });
    }

    @ParameterizedTest
    @CsvSource({
        // set, CPU, errno: CPUs are looked at first; the last CPU of the default set stays
        "1, 2, 22", "99, 9, 22", "99, 0, 22", "1, 0, 0", "0, 0, 0", "-1, 0, 0", "-2, 0, 0"
    })
    void assignChecksInOrder(int set, int cpu, int errno) {
        as(0, 2, user -> {
            create(user);
            assertEquals(errno, user.call("pset_assign", set, cpu, 0));
        });
    }

    @Test
    void theDefaultSetKeepsACpu() {
        as(0, 2, user -> {
            create(user);
            user.value("pset_assign", 1, 0, 0);
            assertEquals(Errno.EBUSY, user.call("pset_assign", 1, 1, 0));
            assertEquals(0, user.call("pset_assign", 1, 0, user.scratch() + 8), "it is not in the default set");
            assertEquals(1, old(user));
        });
    }

    @Test
    void aCpuSomebodysAffinityNamesStays() {
        as(0, 3, user -> {
            create(user);
            user.store(user.scratch(), 2);
            user.value("_sched_setaffinity", 0, 0, 4, user.scratch());
            assertEquals(Errno.EPERM, user.call("pset_assign", 1, 1, 0));
            assertEquals(0, user.call("pset_assign", 1, 2, 0));
        });
    }

    @ParameterizedTest
    @CsvSource({
        // id type, first, second, set, errno
        "1, -1, 0, 99, 22", "9, -1, 0, 1, 22", "1, 4711, 0, 1, 3", "1, -1, 0, 1, 0", "2, -1, 77, 1, 0",
        "2, 99, -1, 1, 3", "2, 1, 4711, 1, 3", "2, 1, -1, 1, 0", "1, -1, 0, 0, 0", "1, -1, 0, -1, 0", "1, -1, 0, -2, 0"
    })
    void bindChecksInOrder(int type, int first, int second, int set, int errno) {
        as(0, 2, user -> {
            create(user);
            user.value("pset_assign", 1, 1, 0);
            assertEquals(errno, user.call("_pset_bind", type, first, second, set, 0));
        });
    }

    @Test
    void setsKeepTheirCpusToTheirLwps() {
        as(0, 2, user -> {
            create(user);
            user.value("pset_assign", 1, 1, 0);
            user.value("sched_yield");
            assertEquals(0, user.lwp().cpu().id(), "others are withheld from the CPU");
            user.value("_pset_bind", LWPID, MYID, 0, 1, user.scratch() + 8);
            assertEquals(NONE, old(user));
            user.value("sched_yield");
            assertEquals(1, user.lwp().cpu().id());
            assertEquals(Errno.EBUSY, user.call("pset_assign", 1, 0, 0));
            user.value("pset_destroy", MYID);
            assertEquals(NONE, user.lwp().processorSet());
            assertEquals(NONE, user.lwp().cpu().processorSet());
        });
    }

    @Test
    void anLwpWhoseSetHasNoCpuGoesOnWhereItIs() {
        as(0, 2, user -> {
            create(user);
            user.value("_pset_bind", PID, MYID, 0, 1, 0);
            user.value("sched_yield");
            user.sleep(30_000_000);
            int here = user.lwp().cpu().id();
            user.value("pset_assign", 1, 1 - here, 0);
            user.value("sched_yield");
            assertEquals(1 - here, user.lwp().cpu().id());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"4bsd", "m2"})
    void setsCrossASwap(String next) {
        try (TestKernel kernel = new TestKernel("1.84", 2)) {
            Proc p = kernel.spawn(user -> {
                create(user);
                user.value("pset_assign", 1, 1, 0);
                user.value("_pset_bind", PID, MYID, 0, 1, 0);
                user.sleep(20_000_000);
                user.compute(20_000_000);
                assertEquals(1, user.lwp().cpu().id());
            });
            kernel.run(machine.core.engine.RunLimit.until(10_000_000));
            kernel.swap("sched", next);
            finish(kernel, p);
        }
    }

    @Test
    void cpusGoOfflineUnlessTheyAreTheLastOfTheirSet() {
        try (TestKernel kernel = new TestKernel("1.84", 2)) {
            Proc p = kernel.spawn(user -> {
                user.compute(50_000_000);
                assertEquals(1, user.lwp().cpu().id());
            });
            kernel.run(machine.core.engine.RunLimit.until(5_000_000));
            kernel.kernel().act("offline", engine -> {
                var sets = kernel.kernel().dispatcher().processorSets();
                assertEquals(0, sets.setOnline(kernel.kernel().dispatcher().cpu(0), false));
                assertEquals(Errno.EBUSY, sets.setOnline(kernel.kernel().dispatcher().cpu(1), false));
                assertEquals(true, kernel.kernel().dispatcher().cpu(0).has(CpuState.OFFLINE));
                return null;
            });
            finish(kernel, p);
        }
    }
}
