// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import userland.sim.Comparison.Measure;
import userland.sim.Comparison.Spread;
import userland.sim.Comparison.Unit;
import userland.sim.SimReport;

/**
 * What tells the variants of one slot apart, beside {@link Measures}: counters of the kernel, and the errors of system
 * calls. Only what occurred under one of them is shown; of a slot that is not known here, every counter that differs.
 */
final class SlotMeasures {
    private static final Map<String, List<String>> COUNTERS = Map.of(
            "sched", List.of(),
            "lwp", List.of(),
            "machine", List.of("tlb hits", "tlb walks", "tlb flushes", "shootdowns", "referenced faults", "modified faults",
                    "pmap enters", "pmap quick enters", "pmap removes", "promotions", "demotions"),
            "vm", List.of("zero fills", "copy faults", "steal faults", "prefaults", "page ins", "page outs",
                    "invalid addresses", "protection failures", "pager errors", "stack growths", "shadows", "collapses",
                    "bypasses", "hazards"),
            "mapindex", List.of("pmap enters", "pmap removes", "forks"),
            "pageout", List.of("page in faults", "page ins", "page outs", "reclaimed", "cache hits", "daemon wakeups",
                    "daemon scans", "memory waits", "transit waits", "rss trims", "swap outs", "out of memory",
                    "disk requests", "disk busy"));
    private static final List<String> ERRORS_TELL = List.of("lwp", "vm");
    /** Counters that are no plain numbers. */
    private static final List<String> TIMES = List.of("disk busy");

    private SlotMeasures() {
    }

    /** The names of all counters that some slot shows. */
    static List<String> counters() {
        return COUNTERS.values().stream().flatMap(List::stream).toList();
    }

    /** Those of a slot; {@code reports} has a list for each variant, one report a seed. */
    static List<Measure> of(String slot, List<List<SimReport>> reports) {
        List<Measure> measures = new ArrayList<>();
        if (ERRORS_TELL.contains(slot)) {
            for (String error : errors(reports)) {
                measures.add(measure(error, Unit.COUNT, report -> report.errors.getOrDefault(error, 0L), reports));
            }
        }
        boolean known = COUNTERS.containsKey(slot);
        for (String name : known ? COUNTERS.get(slot) : List.copyOf(reports.getFirst().getFirst().counters.keySet())) {
            Unit unit = TIMES.contains(name) ? Unit.NANOS : Unit.COUNT;
            Measure measure = measure(name, unit, report -> report.counters.getOrDefault(name, 0L), reports);
            if (known ? occurs(measure) : differs(measure)) {
                measures.add(measure);
            }
        }
        return measures;
    }

    private static SortedSet<String> errors(List<List<SimReport>> reports) {
        SortedSet<String> names = new TreeSet<>();
        reports.forEach(runs -> runs.forEach(report -> names.addAll(report.errors.keySet())));
        return names;
    }

    private static boolean occurs(Measure measure) {
        return measure.spreads.stream().anyMatch(spread -> spread.most != 0);
    }

    private static boolean differs(Measure measure) {
        Spread first = measure.spreads.getFirst();
        return measure.spreads.stream().anyMatch(spread -> spread.least != first.least || spread.median != first.median
                || spread.most != first.most);
    }

    /** One measure: what the runs of each variant gave. */
    static Measure measure(String name, Unit unit, ToDoubleFunction<SimReport> value, List<List<SimReport>> reports) {
        Measure measure = new Measure();
        measure.name = name;
        measure.unit = unit;
        reports.forEach(runs -> measure.spreads.add(spread(value, runs)));
        return measure;
    }

    private static Spread spread(ToDoubleFunction<SimReport> value, List<SimReport> runs) {
        double[] values = runs.stream().mapToDouble(value).sorted().toArray();
        Spread spread = new Spread();
        spread.least = values[0];
        spread.most = values[values.length - 1];
        spread.median = (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
        return spread;
    }
}
