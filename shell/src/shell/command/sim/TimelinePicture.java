// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sim;

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
    /** Used again from the start by the LWPs after the twelfth. */
    private static final String PALETTE =
            "#4e79a7 #f28e2b #59a14f #e15759 #76b7b2 #edc948 #b07aa1 #9c755f #ff9da7 #1f3b5c #8cd17d #79706e";

    private final Map<String, String> colours = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Svg svg;
    private final long endNanos;
    private int y = GAP;

    private TimelinePicture(String title, List<SimReport> reports) {
        for (SimReport report : reports) {
            for (SimReport.Task task : report.tasks) {
                String label = task.pid + "." + task.lid;
                names.putIfAbsent(label, task.name);
                colours.putIfAbsent(label, colour(colours.size()));
            }
        }
        endNanos = Math.max(1, reports.stream().mapToLong(report -> report.virtualNanos).max().orElse(1));
        int strips = reports.stream().mapToInt(report -> report.cpus * (ROW + GAP) + 2 * TITLE).sum();
        int legendRows = (colours.size() * LEGEND_WIDTH + COLUMNS - 1) / COLUMNS;
        svg = new Svg(LEFT + COLUMNS + GAP, strips + (legendRows + 1) * ROW + 2 * GAP, title);
    }

    /** The picture of one run. */
    static Svg of(SimReport report) {
        TimelinePicture picture = new TimelinePicture(report.workload, List.of(report));
        picture.strip(report.workload + " on " + report.machine + ", " + report.sched, report);
        return picture.finished();
    }

    /** The pictures of all variants on the same scale of time, one below the other. */
    static Svg of(Comparison comparison) {
        TimelinePicture picture = new TimelinePicture(comparison.slot, comparison.reports);
        for (int i = 0; i < comparison.reports.size(); i++) {
            picture.strip(comparison.slot + " " + comparison.variants.get(i) + facts(comparison, i),
                    comparison.reports.get(i));
        }
        return picture.finished();
    }

    private static String facts(Comparison comparison, int variant) {
        StringBuilder text = new StringBuilder();
        for (String name : List.of("throughput, in CPUs", "wake-up p99, worst task", "switches", "fairness")) {
            for (Comparison.Measure measure : comparison.measures) {
                if (measure.name.equals(name)) {
                    text.append(" - ").append(name).append(' ')
                            .append(ComparisonResult.words(measure.spreads.get(variant), measure.unit));
                }
            }
        }
        return text.toString();
    }

    private static String colour(int index) {
        String[] palette = PALETTE.split(" ");
        return palette[index % palette.length];
    }

    private void strip(String title, SimReport report) {
        svg.text(LEFT, y + TEXT, TEXT, title);
        y += TITLE;
        for (int cpu = 0; cpu < report.cpus; cpu++) {
            svg.textBefore(LEFT - GAP, y + TEXT, TEXT, "cpu" + cpu);
            svg.rect(LEFT, y, COLUMNS, ROW, "#eeeeee", null);
            row(report.timeline, cpu);
            y += ROW + GAP;
        }
        for (SimReport.Swap swap : report.swaps) {
            double x = LEFT + (double) swap.atNanos / endNanos * COLUMNS;
            svg.line(x, y - report.cpus * (ROW + GAP), x, y, "#000000").text(x, y + TEXT, TEXT, swap.slot + "=" + swap.to);
        }
        svg.text(LEFT, y + TEXT, TEXT, "0").textBefore(LEFT + COLUMNS, y + TEXT, TEXT, Formatter.duration(endNanos));
        y += TITLE;
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
            svg.rect(LEFT + from, y, until - from, ROW, colours.getOrDefault(label, "#444444"),
                    label + " " + names.getOrDefault(label, ""));
        }
    }

    private Svg finished() {
        int x = LEFT;
        for (Map.Entry<String, String> entry : colours.entrySet()) {
            if (x + LEGEND_WIDTH > LEFT + COLUMNS) {
                x = LEFT;
                y += ROW;
            }
            svg.rect(x, y, TEXT, TEXT, entry.getValue(), null);
            svg.text(x + ROW, y + TEXT - 1, TEXT, entry.getKey() + " " + names.get(entry.getKey()));
            x += LEGEND_WIDTH;
        }
        return svg;
    }
}
