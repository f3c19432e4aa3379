// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sim;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import shell.command.Failing;
import shell.command.format.Formatter;
import shell.command.format.Table;
import shell.command.format.Worded;
import userland.sim.SimReport;

/** The report of a run, for people. */
record SimResult(SimReport report) implements Worded, Failing {
    @Override
    public Object data() {
        return report;
    }

    @Override
    public String failure() {
        int count = report.failures.size();
        return switch (count) {
            case 0 -> "";
            case 1 -> report.failures.getFirst();
            default -> report.failures.getFirst() + " (and " + (count - 1) + " more, in the report)";
        };
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(report.workload).append(" on ").append(report.cpus).append(report.cpus == 1 ? " CPU" : " CPUs")
                .append(", machine ").append(report.machine).append(", sched ").append(report.sched)
                .append(", lwp ").append(report.lwp).append(", vm ").append(report.vm)
                .append(", seed ").append(report.seed).append("\n\n").append(tasks());
        if (!report.swaps.isEmpty()) {
            text.append("\n\n").append(swaps());
        }
        text.append("\n\n").append(totals());
        if (!report.unsupported.isEmpty()) {
            text.append("\nunsupported: ").append(report.unsupported.entrySet().stream()
                    .map(e -> e.getKey() + " " + e.getValue()).collect(Collectors.joining(", ")));
        }
        report.failures.forEach(failure -> text.append("\nfailure: ").append(failure));
        return text.toString();
    }

    private Table tasks() {
        Table table = new Table("TASK", "LWP", "RUN", "WAIT", "WAKEUP P50", "P99", "MAX", "EXIT");
        for (int column = 2; column <= 6; column++) {
            table.rightAlign(column);
        }
        for (SimReport.Task task : report.tasks) {
            table.row(task.name, task.pid + "." + task.lid, Formatter.duration(task.runNanos),
                    Formatter.duration(task.waitNanos),
                    Formatter.duration(task.wakeupP50Nanos), Formatter.duration(task.wakeupP99Nanos),
                    Formatter.duration(task.wakeupMaxNanos), task.exit);
        }
        return table;
    }

    private Table swaps() {
        Table table = new Table("AT", "SLOT", "FROM", "TO", "MOVED", "PAUSE", "OLD ONE", "PHASES (HOST TIME)",
                "OUTCOME")
                .rightAlign(0).rightAlign(4).rightAlign(5);
        for (SimReport.Swap swap : report.swaps) {
            table.row(Formatter.duration(swap.atNanos), swap.slot, swap.from, swap.to, Integer.toString(swap.moved),
                    Formatter.duration(swap.virtualPauseNanos), swap.loaderReleased ? "collected" : "referenced",
                    phases(swap.phases), swap.outcome);
        }
        return table;
    }

    private static String phases(Map<String, Long> phases) {
        return phases.entrySet().stream().map(p -> p.getKey() + " " + Formatter.duration(p.getValue()))
                .collect(Collectors.joining(", "));
    }

    private String totals() {
        String ratio = report.hostNanos == 0 ? "" : String.format(Locale.ROOT, " (%.2f virtual : host)",
                (double) report.virtualNanos / report.hostNanos);
        return Formatter.duration(report.virtualNanos) + " virtual in " + Formatter.duration(report.hostNanos) + ratio
                + ", " + report.switches + " switches, " + report.faults + " faults, " + report.lockContentions
                + " contended locks\n" + report.events + " events, hash " + report.hash;
    }
}
