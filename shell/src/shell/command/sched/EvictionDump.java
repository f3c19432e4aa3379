// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import java.util.Locale;
import machine.core.watchdog.EvictionReport;
import shell.command.format.Worded;

/** Everything known about one eviction, in lines to read. */
record EvictionDump(EvictionReport report) implements Worded {
    @Override
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(report.slot()).append(' ').append(report.variant()).append(" -> ")
                .append(report.successor() == null ? "nobody" : report.successor()).append(": ")
                .append(report.kind().name().toLowerCase(Locale.ROOT)).append('\n')
                .append(report.message()).append('\n')
                .append("seed ").append(report.seed()).append(", event ").append(report.event())
                .append(", at ").append(report.atNanos()).append(" ns")
                .append(report.cpu() < 0 ? " at a safe point" : " on cpu" + report.cpu() + ", held by " + report.running())
                .append('\n');
        text.append("last decisions:");
        report.decisions().forEach(line -> text.append("\n  ").append(line));
        if (!report.stack().isEmpty()) {
            text.append("\nstack:");
            report.stack().forEach(frame -> text.append("\n  ").append(frame));
        }
        return text.toString();
    }

    @Override
    public Object data() {
        return report;
    }
}
