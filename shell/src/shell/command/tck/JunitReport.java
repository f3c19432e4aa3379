// SPDX-License-Identifier: BSD-2-Clause
package shell.command.tck;

import java.util.List;
import java.util.Locale;

/** The results of a kit in the XML that build servers read from JUnit. */
final class JunitReport {
    private static final double SECOND = 1e9;

    private JunitReport() {
    }

    static String of(String suite, List<CheckRow> rows) {
        long failures = rows.stream().filter(row -> !row.passed()).count();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuite name=\"").append(escaped(suite)).append("\" tests=\"").append(rows.size())
                .append("\" failures=\"").append(failures).append("\" errors=\"0\" skipped=\"0\" time=\"")
                .append(seconds(rows.stream().mapToLong(CheckRow::hostNanos).sum())).append("\">\n");
        for (CheckRow row : rows) {
            xml.append("  <testcase classname=\"").append(escaped(suite + "." + row.set())).append("\" name=\"")
                    .append(escaped(row.check())).append("\" time=\"").append(seconds(row.hostNanos())).append('"');
            if (row.passed()) {
                xml.append("/>\n");
            } else {
                xml.append(">\n    <failure message=\"").append(escaped(row.reason())).append("\"/>\n  </testcase>\n");
            }
        }
        return xml.append("</testsuite>\n").toString();
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / SECOND);
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.chars().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\n' -> safe.append("&#10;");
                default -> safe.append(c < ' ' ? '?' : (char) c);
            }
        });
        return safe.toString();
    }
}
