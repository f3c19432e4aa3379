// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import itest.support.NewJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import machine.core.engine.Topology;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;
import userland.sim.SimReport;
import userland.sim.SimRequest;
import userland.sim.Simulator;
import userland.sim.SwapOption;

/** Shipped workloads run through three swaps as if nothing had happened, and the same way every time. */
@ExtendWith(ServiceExtension.class)
class SimIT {
    private static final List<String> SWAPS = List.of("50ms:sched=m2", "100ms:machine=aarch64", "150ms:lwp=1.47");
    private static final List<String> PHASES =
            List.of("prepare", "quiesce", "export", "import", "commit", "release");

    @InjectService
    Simulator simulator;

    @ParameterizedTest
    @ValueSource(strings = {"workloads/mixed.json", "workloads/pipeline.strace"})
    void swapsChangeNothingForTheTasks(String workload) throws Exception {
        SimReport plain = simulator.run(request(workload), null);
        assertEquals(List.of(), plain.failures);
        SimReport swapped = simulator.run(withSwaps(workload), null);
        assertEquals(List.of(), swapped.failures);
        assertEquals(ends(plain), ends(swapped));
        assertEquals(SWAPS, swapped.swaps.stream().map(SimIT::text).toList());
        for (SimReport.Swap swap : swapped.swaps) {
            assertEquals("committed", swap.outcome);
            assertEquals(PHASES, List.copyOf(swap.phases.keySet()));
            assertTrue(swap.loaderReleased, swap.slot + ": the old variant is kept");
        }
        assertEquals(swapped.hash, simulator.run(withSwaps(workload), null).hash, "a second time");
        assertEquals(swapped.hash, NewJvm.otherHeapAndCollector().hashOf(commandLine(workload)), "in a new JVM");
        assertEquals(swapped.hash, NewJvm.virtualThreads().hashOf(commandLine(workload)), "on virtual threads");
    }

    private static SimRequest request(String workload) {
        SimRequest request = new SimRequest();
        request.workload = Path.of(System.getProperty("kw.root"), workload).toString();
        request.variants.put("sched", "4bsd");
        request.topology = Topology.flat(4);
        request.seed = 7;
        return request;
    }

    private static SimRequest withSwaps(String workload) {
        SimRequest request = request(workload);
        SWAPS.forEach(swap -> request.swaps.add(SwapOption.parse(swap)));
        return request;
    }

    private static List<String> commandLine(String workload) {
        List<String> words = List.of("sim", workload, "--sched", "4bsd", "--cpus", "4", "--seed", "7", "--json");
        return Stream.concat(words.stream(), SWAPS.stream().flatMap(swap -> Stream.of("--swap", swap))).toList();
    }

    private static List<String> ends(SimReport report) {
        return report.tasks.stream().map(task -> task.name + " " + task.exit).sorted().toList();
    }

    private static String text(SimReport.Swap swap) {
        return swap.atNanos / 1_000_000 + "ms:" + swap.slot + "=" + swap.to;
    }
}
