// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import shell.command.format.Formatter;
import shell.command.format.Json;
import userland.sim.Comparison;
import userland.sim.SimReport;

class SimResultTest {
    private SimReport report() {
        SimReport report = new SimReport();
        report.workload = "demo";
        report.machine = "amd64";
        report.sched = "4bsd";
        report.lwp = "1.84";
        report.vm = "seed";
        report.cpus = 2;
        report.seed = 7;
        report.virtualNanos = 100_000_000;
        report.hostNanos = 50_000_000;
        report.events = 1234;
        report.hash = "0123456789abcdef";
        report.switches = 99;
        SimReport.Task task = new SimReport.Task();
        task.name = "main";
        task.pid = 1;
        task.lid = 1;
        task.runNanos = 1_500_000;
        task.exit = "exit 0";
        report.tasks.add(task);
        SimReport.Swap swap = new SimReport.Swap();
        swap.slot = "sched";
        swap.from = "4bsd";
        swap.to = "m2";
        swap.atNanos = 50_000_000;
        swap.outcome = "committed";
        swap.moved = 3;
        swap.phases.put("prepare", 1000L);
        swap.phases.put("commit", 20L);
        swap.loaderReleased = true;
        report.swaps.add(swap);
        return report;
    }

    @Test
    void reportForPeople() {
        assertEquals("""
                demo on 2 CPUs, machine amd64, sched 4bsd, lwp 1.84, vm seed, seed 7

                TASK  LWP    RUN  WAIT  WAKEUP P50  P99  MAX  EXIT
                main  1.1  1.5ms     0           0    0    0  exit 0

                  AT  SLOT   FROM  TO  MOVED  PAUSE  OLD ONE    PHASES (HOST TIME)        OUTCOME
                50ms  sched  4bsd  m2      3      0  collected  prepare 1us, commit 20ns  committed

                100ms virtual in 50ms (2.00 virtual : host), 99 switches, 0 faults, 0 contended locks
                1234 events, hash 0123456789abcdef""", Formatter.text(new SimResult(report())));
    }

    @Test
    void jsonHasTheKeysThatScriptsRead() {
        String json = Json.of(new SimResult(report()));
        for (String key : List.of("workload", "machine", "sched", "lwp", "vm", "cpus", "seed", "virtualNanos",
                "hostNanos",
                "events", "hash", "switches", "faults", "tasks", "name", "pid", "lid", "runNanos", "waitNanos",
                "wakeupP50Nanos", "wakeupP99Nanos", "wakeupMaxNanos", "exit", "swaps", "slot", "from", "to", "atNanos",
                "outcome", "moved", "virtualPauseNanos", "phases", "loaderReleased", "unsupported", "failures")) {
            assertTrue(json.contains('"' + key + "\":"), key + " in " + json);
        }
        assertTrue(json.startsWith("{\"workload\":\"demo\",\"machine\":\"amd64\","), json);
        assertTrue(json.contains("\"phases\":{\"prepare\":1000,\"commit\":20}"), json);
    }

    @Test
    void failuresAreInTheReportAndFailTheCommand() {
        SimReport report = report();
        report.failures.add("task main never ended");
        report.failures.add("another");
        SimResult result = new SimResult(report);
        assertTrue(result.text().endsWith("failure: task main never ended\nfailure: another"));
        assertEquals("task main never ended (and 1 more, in the report)", result.failure());
        assertEquals("", new SimResult(report()).failure());
    }

    private static Comparison.Spread spread(double least, double median, double most) {
        Comparison.Spread spread = new Comparison.Spread();
        spread.least = least;
        spread.median = median;
        spread.most = most;
        return spread;
    }

    private static Comparison.Measure measure(String name, Comparison.Unit unit, Comparison.Spread... spreads) {
        Comparison.Measure measure = new Comparison.Measure();
        measure.name = name;
        measure.unit = unit;
        measure.spreads.addAll(List.of(spreads));
        return measure;
    }

    @Test
    void aTimelineHasABarForWhoRanLongestInEachColumn() {
        SimReport report = report();
        report.timeline = List.of(slice(0, 1, 0, 60_000_000), slice(0, 2, 60_000_000, 60_010_000),
                slice(0, 1, 60_010_000, 100_000_000), slice(1, 1, 50_000_000, 75_000_000));
        String svg = TimelinePicture.of(report).toString();
        List<String> bars = svg.lines().filter(line -> line.contains("<title>1.")).toList();
        assertEquals(2, bars.size(), svg);
        assertTrue(bars.getFirst().contains("x=\"60\"") && bars.getFirst().contains("width=\"1000\""), bars.getFirst());
        assertTrue(bars.getLast().contains("x=\"560\"") && bars.getLast().contains("width=\"250\""), bars.getLast());
        assertTrue(bars.getLast().contains("<title>1.1 main</title>"), bars.getLast());
        assertTrue(svg.contains(">sched=m2</text>") && svg.contains(">100ms</text>"), svg);
    }

    private static SimReport.Slice slice(int cpu, int lid, long fromNanos, long untilNanos) {
        SimReport.Slice slice = new SimReport.Slice();
        slice.cpu = cpu;
        slice.pid = 1;
        slice.lid = lid;
        slice.fromNanos = fromNanos;
        slice.untilNanos = untilNanos;
        return slice;
    }

    @Test
    void comparisonIsSideBySide() {
        Comparison comparison = new Comparison();
        comparison.slot = "sched";
        comparison.variants.addAll(List.of("4bsd", "m2"));
        SimReport other = report();
        other.switches = 100;
        comparison.reports.addAll(List.of(report(), other));
        Comparison.Divergence divergence = new Comparison.Divergence();
        divergence.variant = "m2";
        divergence.event = 17;
        divergence.first = "sched.switch 1 1 0";
        comparison.divergences.add(divergence);
        comparison.measures.add(measure("switches", Comparison.Unit.COUNT, spread(99, 99, 99), spread(90, 100, 120)));
        comparison.measures.add(measure("fairness", Comparison.Unit.RATIO, spread(1, 1, 1), spread(.5, .5, .5)));
        comparison.failures.add("m2, seed 8: deadlock");
        String text = Formatter.text(new ComparisonResult(comparison));
        assertEquals("""
                SCHED                  4bsd                m2
                switches                 99   100 (90 .. 120)
                fairness              1.000             0.500
                failures                  0                 1
                host time              50ms              50ms
                hash       0123456789abcdef  0123456789abcdef
                """.strip(), text.lines().limit(6).collect(Collectors.joining("\n")));
        assertEquals("m2, seed 8: deadlock", new ComparisonResult(comparison).failure());
        assertTrue(text.endsWith("\nm2 first decides otherwise than 4bsd at event 17:\n  4bsd  sched.switch 1 1 0\n  m2    is over"
                + "\nfailure: m2, seed 8: deadlock"), text);
    }

    /** Equal decisions at other times are not the same run. */
    @Test
    void runsWithoutADifferentDecisionAreToldApartByTheirHashes() {
        Comparison comparison = new Comparison();
        comparison.slot = "vm";
        comparison.variants.addAll(List.of("seed", "fixed"));
        comparison.reports.addAll(List.of(report(), report()));
        Comparison.Divergence none = new Comparison.Divergence();
        none.variant = "fixed";
        none.event = -1;
        comparison.divergences.add(none);
        assertTrue(Formatter.text(new ComparisonResult(comparison)).endsWith("\nfixed does exactly what seed does"));
        comparison.reports.getLast().hash = "fedcba9876543210";
        assertTrue(Formatter.text(new ComparisonResult(comparison))
                .endsWith("\nfixed decides like seed; only times or addresses differ"));
        none.compared = 4_000_000;
        assertTrue(Formatter.text(new ComparisonResult(comparison))
                .endsWith("\nfixed decides like seed in the first 4000000 events; no more are compared"));
    }
}
