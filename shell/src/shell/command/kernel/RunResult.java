// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Hang;
import machine.core.engine.RunOutcome;
import shell.command.format.Formatter;
import shell.command.format.Worded;

/**
 * Why and where a run stopped.
 *
 * @param reason as in {@link RunOutcome.Reason}, in lower case
 * @param hangs who can never go on, and why
 */
record RunResult(String reason, long nowNanos, long events, String message, List<String> hangs) implements Worded {
    static RunResult of(Kernel kernel, RunOutcome outcome) {
        if (outcome.reason() == RunOutcome.Reason.PANICKED) {
            throw new IllegalArgumentException("the kernel has panicked and never runs again: "
                    + outcome.message() + "; boot another");
        }
        return now(kernel, outcome.reason().name().toLowerCase(Locale.ROOT), outcome.message());
    }

    /** Where a kernel stands now. */
    static RunResult now(Kernel kernel, String reason, String message) {
        return kernel.ask(engine -> new RunResult(reason, engine.nowNanos(), engine.events().count(), message,
                kernel.processes().hangs().stream().map(Hang::text).toList()));
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
                + (message.isEmpty() ? "" : ": " + message)
                + hangs.stream().map(hang -> "\nhang: " + hang).collect(Collectors.joining());
    }
}
