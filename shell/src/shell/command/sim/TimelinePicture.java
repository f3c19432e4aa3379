// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import shell.command.format.Formatter;
import shell.command.svg.Svg;
import userland.sim.Comparison;
import userland.sim.SimReport;

/** Draws who ran when: for each run a strip with a row for each CPU, and a colour for each LWP. */
final class TimelinePicture {
    private static final int LEFT = 60;
    private static final int COLUMNS = 1000;
    private static final int ROW = 16;
    private static final int GAP = 4;
    private static final int TITLE = 24;
    private static final int LEGEND_WIDTH = 160;
    private static final int TEXT = 12;
    private static final int TICK = 4;
    /** LWPs that the workload did not make, such as the page daemon. */
    private static final String KERNEL = "kernel";
    private static final String KERNEL_COLOUR = "#444444";
    /** About how many times are written below a strip. */
    private static final int TIMES = 8;
    /** What tells the runs apart, by slot; of other slots, those of a scheduler. */
    private static final Map<String, List<String>> FACTS = Map.of(
            "machine", List.of("virtual time", "tlb walks", "faults"),
            "vm", List.of("virtual time", "faults", "zero fills", "failed calls"),
            "mapindex", List.of("virtual time", "faults"),
            "pageout", List.of("virtual time", "page ins", "page outs", "page in faults"));
    private static final List<String> SCHED_FACTS =
            List.of("throughput, in CPUs", "wake-up p99, worst task", "switches", "migrations", "fairness");
    /** Used again from the start by the LWPs after the twelfth. */
    private static final String PALETTE =
            "#4e79a7 #f28e2b #59a14f #e15759 #76b7b2 #edc948 #b07aa1 #9c755f #ff9da7 #1f3b5c #8cd17d #79706e";

    private final Map<String, String> colours = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Svg svg;
    private final long endNanos;
    private int y = GAP;
    private boolean kernelRan;

    private TimelinePicture(List<SimReport> reports) {
        for (SimReport report : reports) {
            for (SimReport.Task task : report.tasks) {
                String label = task.pid + "." + task.lid;
                names.putIfAbsent(label, task.name);
                colours.putIfAbsent(label, colour(colours.size()));
            }
        }
        endNanos = Math.max(1, reports.stream().mapToLong(report -> report.virtualNanos).max().orElse(1));
        int strips = TITLE + reports.stream().mapToInt(report -> report.cpus * (ROW + GAP) + 2 * TITLE + GAP
                + marks(report).height()).sum();
        int legendRows = colours.size() / (COLUMNS / LEGEND_WIDTH) + 1;
        SimReport first = reports.getFirst();
        String workload = first.workload.substring(first.workload.lastIndexOf('/') + 1);
        svg = new Svg(LEFT + COLUMNS + 2 * ROW, strips + (legendRows + 1) * ROW + 2 * GAP, workload);
        svg.text(LEFT, y + TEXT, TEXT, "who ran when: " + workload + ", " + first.cpus + (first.cpus == 1 ? " CPU" : " CPUs")
                + ", seed " + first.seed);
        y += TITLE;
    }

    /** The picture of one run. */
    static Svg of(SimReport report) {
        TimelinePicture picture = new TimelinePicture(List.of(report));
        picture.strip(report.sched, "on " + report.machine, report);
        return picture.finished();
    }

    /** The pictures of all variants on the same scale of time, one below the other. */
    static Svg of(Comparison comparison) {
        TimelinePicture picture = new TimelinePicture(comparison.reports);
        for (int i = 0; i < comparison.reports.size(); i++) {
            picture.strip(comparison.variants.get(i), facts(comparison, i), comparison.reports.get(i));
        }
        return picture.finished();
    }

    private static String facts(Comparison comparison, int variant) {
        List<String> facts = new ArrayList<>();
        for (String name : FACTS.getOrDefault(comparison.slot, SCHED_FACTS)) {
            for (Comparison.Measure measure : comparison.measures) {
                if (measure.name.equals(name)) {
                    facts.add(name + " " + ComparisonResult.words(measure.spreads.get(variant), measure.unit));
                }
            }
        }
        return String.join(" \u00b7 ", facts);
    }

    private static String colour(int index) {
        String[] palette = PALETTE.split(" ");
        return palette[index % palette.length];
    }

    private void strip(String variant, String facts, SimReport report) {
        svg.heading(LEFT, y + TEXT, TEXT, variant);
        svg.textBefore(LEFT + COLUMNS, y + TEXT, TEXT, facts);
        y += TITLE - GAP;
        SwapMarks marks = marks(report);
        int top = y;
        y += marks.height();
        for (int cpu = 0; cpu < report.cpus; cpu++) {
            svg.textBefore(LEFT - GAP, y + TEXT, TEXT, "cpu" + cpu);
            svg.rect(LEFT, y, COLUMNS, ROW, "#eeeeee", null);
            row(report.timeline, cpu);
            y += ROW + GAP;
        }
        marks.draw(svg, LEFT, top, y);
        times();
        y += TITLE + 2 * GAP;
    }

    private SwapMarks marks(SimReport report) {
        return new SwapMarks(report.swaps, (double) COLUMNS / endNanos);
    }

    /** The scale of time: marks at round numbers. */
    private void times() {
        long step = step(endNanos / TIMES);
        svg.line(LEFT, y, LEFT + COLUMNS, y, "#888888");
        for (long nanos = 0; nanos <= endNanos; nanos += step) {
            double x = LEFT + (double) nanos / endNanos * COLUMNS;
            svg.line(x, y, x, y + TICK, "#888888");
            svg.textAround(x, y + TICK + TEXT, TEXT, nanos == 0 ? "0" : Formatter.duration(nanos));
        }
    }

    /** The least of 1, 2, 5, 10, 20, 50 ... that is not less. */
    private static long step(long least) {
        long power = 1;
        while (power * 10 <= least) {
            power *= 10;
        }
        for (int factor : new int[] {1, 2, 5}) {
            if (power * factor >= least) {
                return power * factor;
            }
        }
        return power * 10;
    }

    /** One CPU: each column has the colour of who ran longest in it, and equal neighbours are one rectangle. */
    private void row(List<SimReport.Slice> timeline, int cpu) {
        String[] columns = new String[COLUMNS];
        long[] longest = new long[COLUMNS];
        for (SimReport.Slice slice : timeline) {
            if (slice.cpu == cpu) {
                fill(slice, columns, longest);
            }
        }
        int from = 0;
        for (int column = 1; column <= COLUMNS; column++) {
            if (column == COLUMNS || !same(columns[column], columns[from])) {
                bar(columns[from], from, column);
                from = column;
            }
        }
    }

    private void fill(SimReport.Slice slice, String[] columns, long[] longest) {
        String label = slice.pid + "." + slice.lid;
        for (int column = column(slice.fromNanos); column <= column(slice.untilNanos - 1); column++) {
            long start = column * endNanos / COLUMNS;
            long end = (column + 1) * endNanos / COLUMNS;
            long ran = Math.min(end, slice.untilNanos) - Math.max(start, slice.fromNanos);
            if (ran > longest[column]) {
                longest[column] = ran;
                columns[column] = label;
            }
        }
    }

    private int column(long nanos) {
        return Math.clamp(nanos * COLUMNS / endNanos, 0, COLUMNS - 1);
    }

    private static boolean same(String left, String right) {
        return left == null ? right == null : left.equals(right);
    }

    private void bar(String label, int from, int until) {
        if (label != null) {
            svg.rect(LEFT + from, y, until - from, ROW, colours.getOrDefault(label, KERNEL_COLOUR),
                    label + " " + names.getOrDefault(label, KERNEL));
            kernelRan |= !colours.containsKey(label);
        }
    }

    private Svg finished() {
        int x = LEFT;
        for (Map.Entry<String, String> entry : colours.entrySet()) {
            x = legend(x, entry.getValue(), entry.getKey() + " " + names.get(entry.getKey()));
        }
        if (kernelRan) {
            legend(x, KERNEL_COLOUR, KERNEL);
        }
        return svg;
    }

    /** One entry; returns where the next one goes. */
    private int legend(int x, String colour, String text) {
        boolean wraps = x + LEGEND_WIDTH > LEFT + COLUMNS;
        y += wraps ? ROW : 0;
        int at = wraps ? LEFT : x;
        svg.rect(at, y, TEXT, TEXT, colour, null);
        svg.text(at + ROW, y + TEXT - 1, TEXT, text);
        return at + LEGEND_WIDTH;
    }
}
