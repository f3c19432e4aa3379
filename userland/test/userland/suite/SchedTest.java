// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import kernel.lwp.kernel.KernelConfig;
import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import userland.core.fixture.Session;
import userland.program.User;
import userland.rt.Sched;

/** The cases of t_sched. */
class SchedTest {
    private static void run(String revision, Consumer<User> body) {
        for (String scheduler : new String[] {"4bsd", "m2"}) {
            try (Session session = new Session(KernelConfig.standard().withLwp(revision).withSched(scheduler))) {
                assertEquals("GONE 0 0", session.runToEnd((user, args) -> {
                    body.accept(user);
                    return 0;
                }), () -> "" + session.output());
            }
        }
    }

    private static int param(User user, int pid) {
        long param = user.allocate(8);
        return Sched.getParam(user, pid, param) == 0 ? user.load32(param) : -2;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.84"})
    void sched_getparam(String revision) {
        run(revision, user -> {
            assertEquals(Sched.PRI_NONE, param(user, 0));
            assertEquals(param(user, 0), param(user, user.pid()));
            assertEquals(-2, param(user, -1));
            assertEquals(Errno.ESRCH, user.errno());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.84"})
    void sched_priority(String revision) {
        assertTrue(Sched.priorityMax(Integer.MAX_VALUE) == -1 && Sched.priorityMin(-Integer.MAX_VALUE) == -1);
        assertTrue(Sched.priorityMax(Sched.OTHER) == Sched.PRI_NONE && Sched.priorityMin(Sched.OTHER) == Sched.PRI_NONE);
        for (int policy : new int[] {Sched.FIFO, Sched.RR}) {
            assertTrue(Sched.priorityMin(policy) != -1 && Sched.priorityMax(policy) > Sched.priorityMin(policy));
        }
    }

    private static void setScheduler(String revision, int policy, int priority) {
        run(revision, user -> {
            assertEquals(Sched.OTHER, Sched.setScheduler(user, 0, policy, priority), "the class before");
            assertEquals(policy, Sched.getScheduler(user, 0));
            assertEquals(priority, param(user, 0));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.84"})
    void sched_setscheduler_1(String revision) {
        setScheduler(revision, Sched.RR, Sched.priorityMax(Sched.RR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.84"})
    void sched_setscheduler_2(String revision) {
        setScheduler(revision, Sched.RR, Sched.priorityMin(Sched.RR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.84"})
    void sched_setscheduler_3(String revision) {
        setScheduler(revision, Sched.FIFO, Sched.priorityMax(Sched.FIFO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.84"})
    void sched_setscheduler_4(String revision) {
        setScheduler(revision, Sched.FIFO, Sched.priorityMin(Sched.FIFO));
    }

    /** A priority out of range or for SCHED_OTHER, a class that is none, a process that is none. */
    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.84"})
    void errors(String revision) {
        run(revision, user -> {
            assertEquals(-1, Sched.setParam(user, 0, 10));
            assertEquals(Errno.EINVAL, user.errno());
            assertEquals(-1, Sched.setScheduler(user, 0, Sched.RR, Sched.priorityMax(Sched.RR) + 1));
            assertEquals(Errno.EINVAL, user.errno());
            assertEquals(-1, Sched.setScheduler(user, 0, 9, 1));
            assertEquals(Errno.EINVAL, user.errno());
            assertEquals(-1, Sched.setScheduler(user, 999, Sched.RR, 1));
            assertEquals(Errno.ESRCH, user.errno());
            assertEquals(0, Sched.setScheduler(user, 0, Sched.FIFO, 5));
            assertEquals(0, Sched.setParam(user, 0, 10));
            assertEquals(10, param(user, 0));
            assertEquals(-1, user.sysctl("kern.sched.nothing"));
            assertEquals(Errno.ENOENT, user.errno());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.84"})
    void sched_rr_get_interval_1(String revision) {
        run(revision, user -> {
            assertEquals(-1, Sched.roundRobinInterval(user, -Integer.MAX_VALUE));
            assertEquals(Errno.ESRCH, user.errno());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.84"})
    void sched_rr_get_interval_2(String revision) {
        run(revision, user -> {
            assertEquals(0, Sched.setScheduler(user, 0, Sched.RR, 0));
            long interval = Sched.roundRobinInterval(user, 0);
            assertEquals(100_000_000, interval);
            assertEquals(interval, Sched.roundRobinInterval(user, user.pid()));
        });
    }
}
