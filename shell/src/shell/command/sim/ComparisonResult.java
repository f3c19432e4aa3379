// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import shell.command.Failing;
import shell.command.format.Formatter;
import shell.command.format.Table;
import shell.command.format.Worded;
import userland.sim.Comparison;
import userland.sim.SimReport;

/** A comparison, side by side. */
record ComparisonResult(Comparison comparison) implements Worded, Failing {
    private static final int SHOWN_FAILURES = 10;

    @Override
    public Object data() {
        return comparison;
    }

    @Override
    public String failure() {
        int more = comparison.failures.size() - 1;
        return more < 0 ? "" : comparison.failures.getFirst() + (more == 0 ? "" : " (and " + more + " more, in the report)");
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(table().toString());
        if (comparison.seeds.size() > 1) {
            text.append("\nmedians of the runs with seeds ").append(comparison.seeds.getFirst()).append(" to ")
                    .append(comparison.seeds.getLast()).append(", where they differ with the least and the most; below, seed ")
                    .append(comparison.seeds.getFirst());
        }
        for (Comparison.Divergence divergence : comparison.divergences) {
            text.append('\n').append(words(divergence));
        }
        comparison.failures.stream().limit(SHOWN_FAILURES).forEach(line -> text.append("\nfailure: ").append(line));
        return text.toString();
    }

    private Table table() {
        List<String> titles = new ArrayList<>(List.of(comparison.slot.toUpperCase(Locale.ROOT)));
        titles.addAll(comparison.variants);
        Table table = new Table(titles.toArray(String[]::new));
        for (int i = 1; i < titles.size(); i++) {
            table.rightAlign(i);
        }
        for (Comparison.Measure measure : comparison.measures) {
            row(table, measure.name, measure.spreads, spread -> words(spread, measure.unit));
        }
        row(table, "failures", comparison.variants, this::failures);
        String first = comparison.seeds.size() > 1 ? ", seed " + comparison.seeds.getFirst() : "";
        row(table, "host time" + first, comparison.reports, report -> Formatter.duration(report.hostNanos));
        row(table, "hash" + first, comparison.reports, report -> report.hash);
        return table;
    }

    private String failures(String variant) {
        return Long.toString(comparison.failures.stream().filter(text -> text.startsWith(variant + ", ")).count());
    }

    private static <T> void row(Table table, String title, List<T> values, Function<T, String> words) {
        List<String> cells = new ArrayList<>(List.of(title));
        values.forEach(value -> cells.add(words.apply(value)));
        table.row(cells.toArray(String[]::new));
    }

    /** The value of one run, or the median with the least and the most. */
    static String words(Comparison.Spread spread, Comparison.Unit unit) {
        String least = words(spread.least, unit);
        String most = words(spread.most, unit);
        String median = words(spread.median, unit);
        return least.equals(most) ? median : median + " (" + least + " .. " + most + ")";
    }

    private static String words(double value, Comparison.Unit unit) {
        return switch (unit) {
            case NANOS -> Formatter.duration(Math.round(value));
            case COUNT -> Long.toString(Math.round(value));
            case RATIO -> String.format(Locale.ROOT, "%.3f", value);
        };
    }

    private String words(Comparison.Divergence divergence) {
        String first = comparison.variants.getFirst();
        if (divergence.event < 0) {
            return same(divergence, first);
        }
        int width = Math.max(first.length(), divergence.variant.length());
        return divergence.variant + " first decides otherwise than " + first + " at event " + divergence.event + ":\n"
                + described(first, width, divergence.first) + "\n" + described(divergence.variant, width, divergence.other);
    }

    private String same(Comparison.Divergence divergence, String first) {
        SimReport other = comparison.reports.get(comparison.variants.lastIndexOf(divergence.variant));
        if (comparison.reports.getFirst().hash.equals(other.hash)) {
            return divergence.variant + " does exactly what " + first + " does";
        }
        return divergence.variant + " decides like " + first + (divergence.compared >= 0
                ? " in the first " + divergence.compared + " events; no more are compared"
                : "; only times or addresses differ");
    }

    private static String described(String variant, int width, String event) {
        return "  " + variant + " ".repeat(width - variant.length()) + "  " + (event == null ? "is over" : event);
    }
}
