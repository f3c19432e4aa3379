// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import shell.command.Failing;
import shell.command.format.Formatter;
import shell.command.format.Table;
import shell.command.format.Worded;
import userland.sim.Comparison;
import userland.sim.SimReport;

/** A comparison, side by side. */
record ComparisonResult(Comparison comparison) implements Worded, Failing {
    @Override
    public Object data() {
        return comparison;
    }

    @Override
    public String failure() {
        for (int i = 0; i < comparison.reports.size(); i++) {
            List<String> failures = comparison.reports.get(i).failures;
            if (!failures.isEmpty()) {
                return comparison.variants.get(i) + ": " + failures.getFirst();
            }
        }
        return "";
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(table().toString());
        for (Comparison.Divergence divergence : comparison.divergences) {
            text.append('\n').append(words(divergence));
        }
        return text.toString();
    }

    private Table table() {
        List<String> titles = new ArrayList<>(List.of(comparison.slot.toUpperCase(java.util.Locale.ROOT)));
        titles.addAll(comparison.variants);
        Table table = new Table(titles.toArray(String[]::new));
        for (int i = 1; i < titles.size(); i++) {
            table.rightAlign(i);
        }
        row(table, "virtual time", r -> Formatter.duration(r.virtualNanos));
        row(table, "host time", r -> Formatter.duration(r.hostNanos));
        row(table, "run, all tasks", r -> Formatter.duration(sum(r, t -> t.runNanos)));
        row(table, "wait, all tasks", r -> Formatter.duration(sum(r, t -> t.waitNanos)));
        row(table, "wake-up p50, worst task", r -> Formatter.duration(max(r, t -> t.wakeupP50Nanos)));
        row(table, "wake-up p99, worst task", r -> Formatter.duration(max(r, t -> t.wakeupP99Nanos)));
        row(table, "wake-up max", r -> Formatter.duration(max(r, t -> t.wakeupMaxNanos)));
        row(table, "switches", r -> Long.toString(r.switches));
        row(table, "faults", r -> Long.toString(r.faults));
        row(table, "contended locks", r -> Long.toString(r.lockContentions));
        row(table, "events", r -> Long.toString(r.events));
        row(table, "failures", r -> Integer.toString(r.failures.size()));
        row(table, "hash", r -> r.hash);
        return table;
    }

    private void row(Table table, String title, Function<SimReport, String> value) {
        List<String> cells = new ArrayList<>(List.of(title));
        comparison.reports.forEach(report -> cells.add(value.apply(report)));
        table.row(cells.toArray(String[]::new));
    }

    private static long sum(SimReport report, ToLongFunction<SimReport.Task> value) {
        return report.tasks.stream().mapToLong(value).sum();
    }

    private static long max(SimReport report, ToLongFunction<SimReport.Task> value) {
        return report.tasks.stream().mapToLong(value).max().orElse(0);
    }

    private String words(Comparison.Divergence divergence) {
        String first = comparison.variants.getFirst();
        if (divergence.event < 0) {
            return divergence.variant + " does exactly what " + first + " does";
        }
        return divergence.variant + " first differs from " + first + " at event " + divergence.event + ": "
                + described(divergence.first) + " / " + described(divergence.other);
    }

    private static String described(String event) {
        return event == null ? "(over)" : event;
    }
}
