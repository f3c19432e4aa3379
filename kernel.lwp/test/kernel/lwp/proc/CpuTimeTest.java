// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.signal.Signal;
import kernel.sched.sleep.Sleep;
import kernel.vm.syscall.Resource;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CPU time of processes, its limit, and what else happens once a second. */
class CpuTimeTest {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;

    private static void compute(User user, long nanos) {
        user.lwp().trap().compute(user.lwp(), nanos);
    }

    private static Proc hog(TestKernel kernel, long soft, long hard, List<String> log) {
        Proc p = kernel.spawn(user -> {
            user.useStack();
            if (log != null) {
                user.handle(Signal.SIGXCPU, (in, signo, info, context) -> log.add("warned at "
                        + in.lwp().proc().cpuTime().totalNanos() / SECOND), 0, 0);
            }
            compute(user, 60 * SECOND);
        });
        p.limits().set(Resource.CPU, soft, hard);
        return p;
    }

    @ParameterizedTest
    @CsvSource({
        "2, 100, 24, 2",  // SIGXCPU ends whoever does not handle it
        "3, 3, 9, 3",     // at the hard limit it is SIGKILL at once
        "0, 100, 24, 1",  // looked at once a second
    })
    void theLimitEndsTheProcess(long soft, long hard, int signo, long second) {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            Proc p = hog(kernel, soft, hard, null);
            kernel.run(RunLimit.until(second * SECOND - 100 * MS));
            assertEquals(Proc.State.ACTIVE, p.state());
            kernel.run(RunLimit.until((second + 1) * SECOND + 500 * MS));
            assertEquals(signo, p.exitSignal());
            kernel.assertSound();
        }
    }

    @Test
    void whoeverHandlesTheWarningGetsFiveSecondsMoreEachTimeUntilTheHardLimit() {
        List<String> log = new ArrayList<>();
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            Proc p = hog(kernel, 2, 14, log);
            kernel.run(RunLimit.until(30 * SECOND));
            assertEquals(List.of("warned at 2", "warned at 7", "warned at 12"), log);
            assertEquals(Signal.SIGKILL, p.exitSignal());
        }
    }

    @Test
    void theTimeOfLwpsThatAreGoneCounts() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            Proc p = kernel.spawn(user -> {
                int child = user.create(in -> compute(in, 1_500 * MS));
                user.value("_lwp_wait", child, 0);
                compute(user, 60 * SECOND);
            });
            p.limits().set(Resource.CPU, 2, 100);
            kernel.run(RunLimit.until(4 * SECOND));
            assertEquals(Signal.SIGXCPU, p.exitSignal());
        }
    }

    @Test
    void ticksSplitTheRunTime() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            Proc p = kernel.spawn(user -> {
                compute(user, 3 * MS);
                CpuTime time = user.lwp().proc().cpuTime();
                assertEquals(time.totalNanos() / 2, time.userNanos());
                assertEquals(time.totalNanos() / 2, time.systemNanos());
                assertEquals(0, time.interruptNanos());
                compute(user, 300 * MS);
                while (time.systemTicks() < 10) {
                    user.call("_lwp_unpark", 99, 0);
                }
                assertTrue(time.userTicks() >= 30, "user " + time.userTicks());
                double all = time.userTicks() + time.systemTicks() + time.interruptTicks();
                assertEquals(time.userTicks() / all, time.userNanos() / (double) time.totalNanos(), 1e-6);
                assertEquals(time.systemTicks() / all, time.systemNanos() / (double) time.totalNanos(), 1e-6);
            });
            kernel.run(RunLimit.until(5 * SECOND));
            assertEquals("0 0", p.exitStatus() + " " + p.exitSignal());
        }
    }

    @Test
    void lboltWakesEachSecond() {
        List<Long> woken = new ArrayList<>();
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.spawn(user -> {
                for (int i = 0; i < 3; i++) {
                    kernel.kernel().processes().sleep().tsleep(Sleep.LBOLT, "lbolt", 0, true);
                    woken.add(kernel.kernel().engine().nowNanos() / SECOND);
                }
            });
            kernel.run(RunLimit.until(10 * SECOND));
            assertEquals(List.of(1L, 2L, 3L), woken);
        }
    }
}
