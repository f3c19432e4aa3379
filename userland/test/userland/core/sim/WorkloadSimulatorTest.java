// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import kernel.lwp.kernel.QuirkChoice;
import machine.core.engine.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Kernels;
import userland.program.Program;
import userland.sim.Comparison;
import userland.sim.SimReport;
import userland.sim.SimRequest;
import userland.sim.SwapOption;

class WorkloadSimulatorTest {
    private final WorkloadSimulator simulator = new WorkloadSimulator(new Kernels(), Kernels.programs());

    @TempDir
    Path folder;

    private static SimRequest request(String workload, String... arguments) {
        SimRequest request = new SimRequest();
        request.workload = workload;
        request.arguments = List.of(arguments);
        request.topology = Topology.flat(4);
        request.seed = 7;
        return request;
    }

    private SimReport run(SimRequest request) {
        return simulator.run(request, null);
    }

    private String refused(SimRequest request) {
        return assertThrows(IllegalArgumentException.class, () -> run(request)).getMessage();
    }

    private SimRequest file(String name, String text) throws IOException {
        return request(Files.writeString(folder.resolve(name), text).toString());
    }

    static Stream<Path> workloads() throws IOException {
        return Files.list(Path.of(System.getProperty("kw.root", ".")).resolve("workloads")).sorted();
    }

    static Stream<String> programs() {
        return Kernels.programs().all().stream().map(Program::name)
                .filter(name -> !name.equals("puppet") && !name.equals("hang"));
    }

    private static List<String> ends(SimReport report) {
        return report.tasks.stream().map(task -> task.name + " " + task.exit).sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void everyShippedWorkloadEndsTheSameWithAndWithoutSwaps(Path workload) {
        SimReport plain = run(request(workload.toString()));
        assertEquals(List.of(), plain.failures);
        SimRequest swapping = request(workload.toString());
        List.of("10ms:sched=4bsd", "20ms:machine=aarch64", "30ms:lwp=1.47", "40ms:sched=m2,machine=amd64,lwp=1.84")
                .forEach(text -> swapping.swaps.add(SwapOption.parse(text)));
        SimReport first = run(swapping);
        assertEquals(List.of(), first.failures);
        assertEquals(ends(plain), ends(first));
        assertEquals(6, first.swaps.size());
        for (SimReport.Swap swap : first.swaps) {
            assertEquals("committed", swap.outcome);
            assertTrue(swap.loaderReleased, swap.slot);
            assertFalse(swap.phases.isEmpty());
        }
        assertEquals(first.hash, run(swapping).hash);
        assertNotEquals(plain.hash, first.hash);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void everyProgramEndsWellAndTheSameWayTwice(String program) {
        SimReport report = run(request(program));
        assertEquals(List.of(), report.failures);
        SimReport again = run(request(program));
        assertEquals(report.hash + " " + report.events, again.hash + " " + again.events);
    }

    @Test
    void checkingTheInvariantsChangesNothing() {
        SimRequest request = request("contention", "2", "5");
        String hash = run(request).hash;
        request.check = true;
        SimReport report = run(request);
        assertEquals(List.of(), report.failures);
        assertEquals(hash, report.hash);
    }

    @Test
    void theReportSaysWhatRan() {
        SimRequest request = request("hog", "30ms");
        request.variants.put("lwp", "1.47");
        request.variants.put("machine", "aarch64");
        request.variants.put("sched", "4bsd");
        request.variants.put("mapindex", "splay");
        SimReport report = run(request);
        assertEquals("hog aarch64 4bsd 1.47 seed 4 7", String.join(" ", report.workload, report.machine, report.sched,
                report.lwp, report.vm) + " " + report.cpus + " " + report.seed);
        SimReport.Task task = report.tasks.getFirst();
        assertEquals("{machine=aarch64, lwp=1.47, vm=seed, mapindex=splay, pageout=twoqueue, sched=4bsd}", report.variants.toString());
        assertEquals("hog exit 0", task.name + " " + task.exit);
        assertTrue(task.runNanos >= 30_000_000 && task.runNanos <= report.virtualNanos, "run " + task.runNanos);
        assertEquals(16, report.hash.length());
        assertTrue(report.switches > 0 && report.faults > 0 && report.events > 0);
    }

    @Test
    void aDurationEndsARunWithoutFailure() {
        SimRequest request = request("hog", "10s");
        request.durationNanos = 50_000_000;
        SimReport report = run(request);
        assertEquals(50_000_000, report.virtualNanos);
        assertEquals("running", report.tasks.getFirst().exit);
        assertEquals(List.of(), report.failures);
    }

    @Test
    void aDeadlockNamesWhoWaitsForWhat() throws IOException {
        SimReport report = run(file("stuck.json",
                "{\"tasks\":{\"one\":{\"loop\":1,\"suspend\"},\"two\":{\"loop\":1,\"sem_wait\":\"s\"}}}"));
        String failure = report.failures.getFirst();
        assertTrue(failure.startsWith("deadlock: ") && failure.contains("(one)") && failure.contains("(two)"), failure);
        assertTrue(failure.contains("parked"), failure);
    }

    @Test
    void aStatusOtherThanZeroIsAFailureWithTheOutput() {
        SimReport report = run(request("hog", "soon"));
        assertEquals(List.of("hog[1] exited with status 2",
                "output: hog: not a duration: 'soon' (write a number and a unit: 250us, 500ms, 1.5s, 2m)"),
                report.failures);
    }

    @Test
    void swapsAfterTheEndStillTakePlace() {
        SimRequest request = request("hello");
        request.swaps.add(SwapOption.parse("1s:sched=4bsd"));
        SimReport report = run(request);
        assertEquals(1_000_000_000L, report.swaps.getFirst().atNanos);
        assertEquals(List.of(), report.failures);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1s:sched=none|slot sched has no variant 'none'; there are 4bsd, eevdf, m2, ule",
        "1s:color=red|no slot 'color' to swap; there are lwp, machine, mapindex, pageout, sched, vm"})
    void swapsToWhatDoesNotExistAreRefusedBeforeTheRun(String swap, String message) {
        SimRequest request = request("hello");
        request.swaps.add(SwapOption.parse(swap));
        assertEquals(message, refused(request));
    }

    @Test
    void aSlotThatNoKernelHasIsRefused() {
        SimRequest request = request("hello");
        request.variants.put("color", "red");
        assertEquals("a kernel has no slot color; it has machine, lwp, vm, mapindex, pageout, sched", refused(request));
    }

    @Test
    void aSwapAfterTheDurationIsRefused() {
        SimRequest request = request("hello");
        request.durationNanos = 1_000_000;
        request.swaps.add(SwapOption.parse("1s:sched=4bsd"));
        assertEquals("the swap at 1s comes after the end of the run at 1ms", refused(request));
    }

    @Test
    void workloadsThatCannotRunAreRefused() throws IOException {
        assertTrue(refused(request("nothing"))
                .startsWith("no workload 'nothing': neither a file nor one of the programs"));
        SimRequest endless = file("endless.json", "{\"tasks\":{\"t\":{\"run\":1}}}");
        assertTrue(refused(endless)
                .contains("task t loops for ever and the file has no global.duration; give a duration"));
        endless.durationNanos = 1_000_000;
        assertEquals(List.of(), run(endless).failures);
        assertTrue(refused(file("bad.json", "{\"tasks\":\n5}"))
                .endsWith("bad.json:2: \"tasks\" must be an object, not a number"));
        assertTrue(refused(file("bad.strace", "close(3) = 0\nwhat\nclose(4) = 0\n"))
                .endsWith("bad.strace:2: not an strace line: what"));
    }

    @Test
    void aCopyOfARequestHasItsValues() throws ReflectiveOperationException {
        SimRequest request = request("hog", "1ms");
        request.variants.put("lwp", "1.47");
        request.topology = Topology.flat(3);
        request.quirks.add(new QuirkChoice("all", false));
        request.memoryBytes = 1 << 24;
        request.swapBytes = 1 << 25;
        request.seed = 5;
        request.quantumNanos = 10;
        request.durationNanos = 20;
        request.swaps.add(SwapOption.parse("1s:sched=4bsd"));
        request.check = true;
        request.timeline = true;
        request.sink = (sequence, timeNanos, cpu, type, a, b, c) -> { };
        for (Field field : SimRequest.class.getFields()) {
            assertNotEquals(field.get(new SimRequest()), field.get(request), field.getName() + " is not set here");
            assertEquals(field.get(request), field.get(request.copy()), field.getName());
        }
    }

    @Test
    void theTimelineIsWhatTheTasksRan() {
        SimRequest request = request("hog", "30ms", "3");
        request.topology = Topology.flat(2);
        assertNull(run(request).timeline);
        request.timeline = true;
        SimReport report = run(request);
        for (SimReport.Task task : report.tasks) {
            List<SimReport.Slice> own = report.timeline.stream().filter(slice -> slice.lid == task.lid).toList();
            // A slice begins and ends in the middle of a switch, which no task is charged with.
            long switching = own.stream().mapToLong(slice -> slice.untilNanos - slice.fromNanos).sum() - task.runNanos;
            assertTrue(switching >= 0 && switching < 2000L * own.size(), task.lid + ": " + switching);
            assertEquals(30_000_000, task.workNanos);
        }
    }

    @Test
    void comparingWithSeveralSeedsGivesTheSpread() {
        SimRequest request = request("contention", "3", "20");
        request.topology = Topology.flat(2);
        Comparison comparison = simulator.compare(request, "sched", List.of("m2", "4bsd"), 3, null);
        assertEquals(List.of(7L, 8L, 9L), comparison.seeds);
        request.variants.put("sched", "m2");
        List<Long> single = new ArrayList<>();
        for (long seed : comparison.seeds) {
            request.seed = seed;
            single.add(run(request).virtualNanos);
        }
        Collections.sort(single);
        Comparison.Measure virtual = comparison.measures.getFirst();
        Comparison.Spread m2 = virtual.spreads.getFirst();
        assertEquals("virtual time", virtual.name);
        assertEquals(single.stream().map(Long::doubleValue).toList(), List.of(m2.least, m2.median, m2.most));
        assertEquals(List.of(), comparison.failures);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "hog | sched | none | 2 | slot sched has no variant 'none'; there are 4bsd, eevdf, m2, ule",
        "hog | disk | none | 2 | a kernel has no slot disk; it has machine, lwp, vm, mapindex, pageout, sched",
        "nobody | sched | 4bsd | 2 | no workload 'nobody': neither a file nor one of the programs",
        "hog | lwp | 1.47 | 2 | the variants of slot lwp are compared, so it cannot be 1.84 as well; leave --lwp out",
        "hog | sched | 4bsd | 0 | the number of seeds is 0; give 1 to 10000",
        "hog | sched | 4bsd | 10001 | the number of seeds is 10001; give 1 to 10000",
    })
    void whatCannotBeComparedIsRefusedBeforeAnythingRuns(String workload, String slot, String variant, int seeds,
            String message) {
        SimRequest request = request(workload);
        request.variants.put("lwp", "1.84");
        String refusal = assertThrows(IllegalArgumentException.class, () -> simulator.compare(request, slot,
                List.of(slot.equals("lwp") ? "1.84" : "m2", variant), seeds, (stage, nanos, events) -> {
                    throw new AssertionError(stage + " runs");
                })).getMessage();
        assertTrue(refusal.startsWith(message), refusal);
    }

    /** The stacks lie elsewhere, but that is no decision. */
    @Test
    void addressesAreNoDecisions() {
        Comparison comparison = simulator.compare(request("pingpong", "5"), "machine", List.of("amd64", "aarch64"), 1, null);
        assertEquals(-1, comparison.divergences.getFirst().event, comparison.divergences.getFirst().toString());
    }

    @Test
    void comparingFindsTheFirstDecisionThatDiffers() {
        SimRequest request = request("contention", "3", "20");
        request.topology = Topology.flat(1);
        Comparison same = simulator.compare(request, "sched", List.of("m2", "m2"), 1, null);
        assertEquals(-1, same.divergences.getFirst().event);
        assertNull(same.divergences.getFirst().first);
        request.workload = "hog";
        request.arguments = List.of("1s", "3");
        Comparison comparison = simulator.compare(request, "sched", List.of("m2", "4bsd"), 1, null);
        assertEquals(List.of("m2", "4bsd"), comparison.reports.stream().map(report -> report.sched).toList());
        Comparison.Divergence divergence = comparison.divergences.getFirst();
        assertTrue(divergence.event >= 0 && divergence.first != null && !divergence.first.equals(divergence.other));
        assertThrows(IllegalArgumentException.class, () -> simulator.compare(request, "sched", List.of("m2"), 1, null));
    }
}
