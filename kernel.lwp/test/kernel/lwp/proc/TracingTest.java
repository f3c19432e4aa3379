// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.signal.Signal;
import machine.core.engine.RunLimit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LWP events of traced processes. */
class TracingTest {
    private static final long MS = 1_000_000L;

    @ParameterizedTest
    @CsvSource({
        // revision, flags, events
        "1.47,     7, ''",
        "1.76.2.1, 0, ''",
        "1.76.2.1, 1, ''",
        "1.76.2.1, 2, ''",
        "1.76.2.1, 3, 'CREATE 2 CREATE 3'",
        "1.76.2.1, 5, 'EXIT 2 EXIT 3'",
        "1.84,     3, 'CREATE 2 CREATE 3'",
        "1.84,     7, 'CREATE 2 EXIT 2 CREATE 3 EXIT 3'",
    })
    void everyLwpReportsItself(String lwp, int flags, String events) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            List<String> seen = new ArrayList<>();
            kernel.kernel().processes().tracing().add(event ->
                    seen.add(event.kind().name().substring("LWP_".length()) + " " + event.lid()));
            Proc p = kernel.spawn(user -> {
                for (int i = 0; i < 2; i++) {
                    user.await(user.create(child -> child.compute(MS)));
                }
                user.call("exit", 0);
            });
            kernel.kernel().processes().tracing().trace(p, flags);
            kernel.run();
            assertEquals(events, String.join(" ", seen));
            kernel.assertSound();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.76.2.1", "1.84"})
    void aProcessCanStopAtEachEvent(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 2)) {
            Proc p = kernel.spawn(user -> {
                user.create(child -> child.compute(MS));
                user.compute(10 * MS);
                user.call("exit", 4);
            });
            kernel.kernel().processes().tracing().trace(p, Tracing.TRACED | Tracing.LWP_CREATE | Tracing.LWP_EXIT
                    | Tracing.STOP);
            for (int stop = 1; stop <= 2; stop++) {
                kernel.run(RunLimit.until(stop * 100 * MS));
                assertEquals("STOPPED " + Signal.SIGTRAP, p.state() + " " + p.signals().stopSignal());
                kernel.assertSound();
                kernel.kernel().kill(p.pid(), Signal.SIGCONT);
            }
            kernel.run();
            assertEquals("GONE 4", p.state() + " " + p.exitStatus());
        }
    }
}
