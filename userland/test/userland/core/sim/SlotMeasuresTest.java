// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import userland.core.builtin.WorkSet;
import userland.core.fixture.Kernels;
import userland.core.process.RegisteredPrograms;
import userland.program.Program;
import userland.program.Programs;
import userland.sim.Comparison;
import userland.sim.SimReport;
import userland.sim.SimRequest;

class SlotMeasuresTest {
    private static final Path ROOT = Path.of(System.getProperty("kw.root", "."));
    private final WorkloadSimulator simulator = new WorkloadSimulator(new Kernels(), programs());

    private static Programs programs() {
        List<Program> programs = new ArrayList<>(Kernels.programs().all());
        programs.add(new WorkSet());
        return new RegisteredPrograms(programs);
    }

    private static SimRequest request(String workload, long memoryBytes) {
        SimRequest request = new SimRequest();
        List<String> words = List.of(workload.split(" "));
        request.workload = workload.endsWith(".strace") ? ROOT.resolve(workload).toString() : words.getFirst();
        request.arguments = new ArrayList<>(words.subList(1, words.size()));
        request.memoryBytes = memoryBytes;
        return request;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "lwp | 1.47,1.84 | workloads/xz.strace | 256 | EALREADY,ENOSYS",
        "machine | i386,aarch64 | cow | 256 | tlb hits,tlb walks,tlb flushes,pmap enters,pmap removes",
        "vm | seed,modern | cow | 256 | zero fills,copy faults,shadows",
        "mapindex | splay,chunks | cow | 256 | pmap enters,pmap removes,forks",
        "pageout | twoqueue,clock | workset 1500 2 loop | 4 | page in faults,page ins,page outs,reclaimed,disk busy",
        "sched | 4bsd,m2 | cow | 256 | failed calls,system calls",
    })
    void aSlotHasTheMeasuresThatTellItsVariantsApart(String slot, String variants, String workload, int megabytes,
            String names) {
        Comparison comparison = simulator.compare(request(workload, (long) megabytes << 20), slot,
                List.of(variants.split(",")), 1, null);
        Set<String> missing = new TreeSet<>(List.of(names.split(",")));
        for (Comparison.Measure measure : comparison.measures) {
            missing.remove(measure.name);
            assertEquals(2, measure.spreads.size(), measure.name);
        }
        assertEquals(Set.of(), missing);
    }

    private static SimReport report(long walks, long forks) {
        SimReport report = new SimReport();
        report.counters.put("tlb walks", walks);
        report.counters.put("forks", forks);
        return report;
    }

    /** A slot of a third party: who knows what matters there. */
    @Test
    void anUnknownSlotHasEveryCounterThatDiffers() {
        List<Comparison.Measure> measures = SlotMeasures.of("disk", List.of(
                List.of(report(3, 1), report(5, 1)), List.of(report(3, 1), report(6, 1))));
        assertEquals(List.of("tlb walks"), measures.stream().map(measure -> measure.name).toList());
        assertEquals(4.5, measures.getFirst().spreads.getLast().median);
    }

    @Test
    void everyCounterThatIsAskedForExists() {
        SimReport report = simulator.run(request("hello", 1 << 24), null);
        SlotMeasures.counters().forEach(name -> assertTrue(report.counters.containsKey(name), name));
    }

    @Test
    void aReportCountsCallsAndTheirErrors() {
        SimReport report = simulator.run(request("workloads/xz.strace", 1 << 28), null);
        assertTrue(report.calls > 200, () -> "" + report.calls);
        assertTrue(report.errors.get("EALREADY") > 0, report.errors::toString);
        assertEquals(report.counters.get("faults") + report.counters.get("soft faults"), report.faults);
    }
}
