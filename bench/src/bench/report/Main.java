// SPDX-License-Identifier: BSD-2-Clause
package bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code ./kw bench}: measures the rows of the table and prints it. */
public final class Main {
    private static final String USAGE = """
            usage: kw bench [--quick] [--json] [--list] [ROW...]
                   kw bench jmh [JMH-ARG...]

              --quick   one JVM for each benchmark, few iterations, nothing that needs gigabytes
              --smoke   everything once in this JVM: whether it runs; the numbers mean nothing
              --json    an array of objects instead of the table
              --list    the names of the rows
              jmh       JMH itself, for example: kw bench jmh -prof gc NullCall""";
    private static final String FORMAT = "%-58s %10s %10s %7s %11s  %s%n";

    private Main() {
    }

    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("jmh")) {
            org.openjdk.jmh.Main.main(List.of(args).subList(1, args.length).toArray(String[]::new));
            return;
        }
        System.exit(run(args));
    }

    private static int run(String[] args) {
        Effort effort = Effort.FULL;
        boolean json = false;
        Set<String> wanted = new TreeSet<>();
        for (String argument : args) {
            switch (argument) {
                case "--quick" -> effort = Effort.QUICK;
                case "--smoke" -> {
                    effort = Effort.SMOKE;
                    // Numbers that mean nothing are not spoilt by another run.
                    System.setProperty("jmh.ignoreLock", "true");
                }
                case "--json" -> json = true;
                case "--list" -> {
                    Rows.all().forEach(row -> System.out.printf("%-12s %s%n", row.id(), row.what()));
                    return 0;
                }
                case "--help", "-h" -> {
                    System.out.println(USAGE);
                    return 0;
                }
                default -> wanted.add(argument);
            }
        }
        List<Row> rows = select(wanted);
        if (rows == null) {
            return 2;
        }
        return report(rows, effort, json);
    }

    /** The rows wanted, or null after a complaint. */
    private static List<Row> select(Set<String> wanted) {
        List<Row> rows = new ArrayList<>(Rows.all());
        Set<String> unknown = new TreeSet<>(wanted);
        rows.forEach(row -> unknown.remove(row.id()));
        if (!unknown.isEmpty()) {
            System.err.println("kw bench: there is no row " + unknown.iterator().next()
                    + "; --list names them, and jmh takes any benchmark");
            return null;
        }
        rows.removeIf(row -> !wanted.isEmpty() && !wanted.contains(row.id()));
        return rows;
    }

    private static int report(List<Row> rows, Effort effort, boolean json) {
        List<Measured> results = new ArrayList<>();
        if (!json) {
            System.out.printf(FORMAT, "", "ours", "reference", "ratio", "aim", "reached");
        }
        for (Row row : rows) {
            if (!effort.large() && row.id().equals("million")) {
                continue;
            }
            System.err.println("kw bench: " + row.id());
            Measured result = Measured.of(row, effort);
            results.add(result);
            if (!json) {
                print(result);
            }
        }
        if (json) {
            System.out.println("[" + String.join(",\n ", results.stream().map(Measured::json).toList()) + "]");
        }
        List<Measured> failed = results.stream().filter(result -> result.failure() != null).toList();
        failed.forEach(result -> System.err.println("kw bench: " + result.row().id() + ": " + result.failure()));
        return failed.isEmpty() ? 0 : 1;
    }

    private static void print(Measured result) {
        Row row = result.row();
        double ratio = result.ours() / result.reference();
        System.out.printf(FORMAT, row.what(), value(result.ours(), row.unit()), value(result.reference(), row.unit()),
                Double.isNaN(ratio) ? "" : Numbers.measured(ratio), row.aim() == null ? "" : row.aim().text(row.unit()),
                result.verdict());
    }

    private static String value(double value, String unit) {
        return Double.isNaN(value) ? "" : Numbers.measured(value) + " " + unit;
    }
}
