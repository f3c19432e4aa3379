// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Hang;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import machine.core.watchdog.EvictionReport;
import shell.command.format.Formatter;
import shell.command.format.Worded;

/**
 * Why and where a run stopped.
 *
 * @param reason as in {@link RunOutcome.Reason}, in lower case
 * @param hangs who can never go on, and why
 * @param evictions who was evicted on the way, and why
 */
record RunResult(String reason, long nowNanos, long events, String message, List<String> hangs, List<String> evictions)
        implements Worded {
    /** Runs a kernel. */
    static RunResult run(Kernel kernel, RunLimit limit) throws InterruptedException {
        int seen = kernel.ask(engine -> engine.evictions().count());
        RunOutcome outcome = Running.run(kernel, limit);
        if (outcome.reason() == RunOutcome.Reason.PANICKED) {
            throw new IllegalArgumentException("the kernel has panicked and never runs again: "
                    + outcome.message() + "; boot another");
        }
        return now(kernel, outcome.reason().name().toLowerCase(Locale.ROOT), outcome.message(), seen);
    }

    /** Where a kernel stands that did not run. */
    static RunResult now(Kernel kernel, String reason, String message) {
        return now(kernel, reason, message, Integer.MAX_VALUE);
    }

    private static RunResult now(Kernel kernel, String reason, String message, int seen) {
        return kernel.ask(engine -> new RunResult(reason, engine.nowNanos(), engine.events().count(), message,
                kernel.processes().hangs().stream().map(Hang::text).toList(),
                evictions(engine.evictions().reports(), seen)));
    }

    private static List<String> evictions(List<EvictionReport> reports, int seen) {
        return IntStream.range(seen, reports.size())
                .mapToObj(i -> reports.get(i).message() + "; evictions " + (i + 1) + " shows all about it").toList();
    }

    @Override
    public String text() {
        String why = switch (reason) {
            case "limit" -> "";
            case "quiescent" -> ", nothing left to do";
            case "paused" -> ", paused";
            default -> ", " + reason;
        };
        return "at " + Formatter.duration(nowNanos) + why + " (" + events + " events)"
                + (message.isEmpty() ? "" : ": " + message) + lines("evicted", evictions) + lines("hang", hangs);
    }

    private static String lines(String what, List<String> texts) {
        return texts.stream().map(text -> "\n" + what + ": " + text).collect(Collectors.joining());
    }
}
