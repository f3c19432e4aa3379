// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import machine.core.context.ContextHost;
import machine.core.context.ContextHosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same run gives the same event log, whatever the host does. */
class DeterminismTest {

    private static final int TASKS = 20;

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "4, 0", "4, 1000", "8, 0", "64, 0", "256, 500"})
    void bothHostsGiveTheSameLog(int cpus, long quantum) {
        long hash = hash(cpus, 7, quantum, ContextHosts::virtualThread);
        assertEquals(hash, hash(cpus, 7, quantum, ContextHosts::virtualThread), "twice on one host");
        assertEquals(hash, hash(cpus, 7, quantum, ContextHosts::preferred), "on the other host");
    }

    @Test
    void theSeedMakesADifference() {
        assertNotEquals(hash(4, 1, 0, ContextHosts::preferred), hash(4, 2, 0, ContextHosts::preferred));
    }

    /** A fixed figure: also the same in another JVM, on another host, next year. */
    @Test
    void theHashIsTheSameInEveryJvm() {
        assertEquals("ccab8b2a700e7c31", hashText());
    }

    private static String hashText() {
        try (ToyKernel kernel = kernel(4, 7, 0, ContextHosts.preferred())) {
            kernel.engine.run(RunLimit.none());
            return kernel.engine.events().hashText();
        }
    }

    private static long hash(int cpus, long seed, long quantum, Supplier<ContextHost> host) {
        try (ToyKernel kernel = kernel(cpus, seed, quantum, host.get())) {
            RunOutcome outcome = kernel.engine.run(RunLimit.none());
            assertEquals(RunOutcome.Reason.QUIESCENT, outcome.reason(), outcome.message());
            assertEquals(TASKS, kernel.exits);
            assertTrue(kernel.tasks.stream().allMatch(task -> task.context.finished()));
            return kernel.engine.events().hash();
        }
    }

    private static ToyKernel kernel(int cpus, long seed, long quantum, ContextHost host) {
        ToyKernel kernel = new ToyKernel(cpus, seed, quantum, host);
        for (int i = 0; i < TASKS; i++) {
            kernel.spawn(kernel::work);
        }
        return kernel;
    }
}
