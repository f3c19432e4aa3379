// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.lwp.fixture.TestKernel;
import kernel.lwp.proc.Proc;
import kernel.lwp.signal.Signal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals that end a process. */
class FatalSignalTest {
    private static final long MS = 1_000_000L;

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
