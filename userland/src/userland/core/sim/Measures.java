// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sim;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import userland.sim.Comparison.Measure;
import userland.sim.Comparison.Unit;
import userland.sim.SimReport;

/** The measures of every comparison, whatever its slot, each computed from the report of one run. */
enum Measures {
    VIRTUAL("virtual time", Unit.NANOS, r -> r.virtualNanos),
    /** CPUs' worth of computation: what costs of the kernel and idling leave. */
    THROUGHPUT("throughput, in CPUs", Unit.RATIO, r -> r.virtualNanos == 0 ? 0 : (double) r.workNanos / r.virtualNanos),
    RUN("run, all tasks", Unit.NANOS, r -> sum(r, t -> t.runNanos)),
    WAIT("wait, all tasks", Unit.NANOS, r -> sum(r, t -> t.waitNanos)),
    P50("wake-up p50, worst task", Unit.NANOS, r -> max(r, t -> t.wakeupP50Nanos)),
    P99("wake-up p99, worst task", Unit.NANOS, r -> max(r, t -> t.wakeupP99Nanos)),
    MAX("wake-up max", Unit.NANOS, r -> max(r, t -> t.wakeupMaxNanos)),
    FAIRNESS("fairness", Unit.RATIO, Measures::fairness),
    SWITCHES("switches", Unit.COUNT, r -> r.switches),
    MIGRATIONS("migrations", Unit.COUNT, r -> r.migrations),
    FAULTS("faults", Unit.COUNT, r -> r.faults),
    CALLS("system calls", Unit.COUNT, r -> r.calls),
    FAILED("failed calls", Unit.COUNT, r -> r.errors.values().stream().mapToLong(Long::longValue).sum()),
    CONTENTIONS("contended locks", Unit.COUNT, r -> r.lockContentions),
    EVENTS("events", Unit.COUNT, r -> r.events);

    private final String title;
    private final Unit unit;
    private final ToDoubleFunction<SimReport> value;

    Measures(String title, Unit unit, ToDoubleFunction<SimReport> value) {
        this.title = title;
        this.unit = unit;
        this.value = value;
    }

    /** The measure of all variants; {@code reports} has a list for each, one report a seed. */
    Measure of(List<List<SimReport>> reports) {
        return SlotMeasures.measure(title, unit, value, reports);
    }

    /**
     * Jain's index of the share that each task got of the time in which it wanted a CPU: 1 when all got the
     * same, 1 / n when one got all. Tasks that never wanted one do not count.
     */
    private static double fairness(SimReport report) {
        double[] shares = report.tasks.stream().filter(task -> task.runNanos + task.waitNanos > 0)
                .mapToDouble(task -> (double) task.runNanos / (task.runNanos + task.waitNanos)).toArray();
        double sum = Arrays.stream(shares).sum();
        double squares = Arrays.stream(shares).map(share -> share * share).sum();
        return squares == 0 ? 1 : sum * sum / (shares.length * squares);
    }

    private static long sum(SimReport report, ToLongFunction<SimReport.Task> value) {
        return report.tasks.stream().mapToLong(value).sum();
    }

    private static long max(SimReport report, ToLongFunction<SimReport.Task> value) {
        return report.tasks.stream().mapToLong(value).max().orElse(0);
    }
}
