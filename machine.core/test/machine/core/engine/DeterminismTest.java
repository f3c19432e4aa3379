// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import machine.core.context.ContextHost;
import machine.core.context.ContextHosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same run gives the same event log, whatever the host does. */
class DeterminismTest {

    private static final int TASKS = 20;
    private static final String HASH = "ccab8b2a700e7c31";

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

    @Test
    void theHashIsFixedForever() {
        assertEquals(HASH, HashMain.hashText());
    }

    /** Other collectors, heap sizes and context hosts, each in a JVM of its own. */
    @ParameterizedTest
    @CsvSource({"-Xmx24m -XX:+UseSerialGC, virtual-thread",
            "-Xmx512m -XX:+UseParallelGC --add-exports=java.base/jdk.internal.vm=ALL-UNNAMED, continuation",
            "-Xmx128m -XX:+UseG1GC -Xint --add-exports=java.base/jdk.internal.vm=ALL-UNNAMED, continuation"})
    void theHashIsTheSameInEveryJvm(String options, String host) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), HashMain.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // The JVM would say that it has read it.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(host + " " + HASH, output.strip());
        assertEquals(0, process.waitFor());
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
