// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.util.Locale;
import machine.core.engine.RunOutcome;
import shell.command.format.Formatter;
import shell.command.format.Worded;

/**
 * Why and where a run stopped.
 *
 * @param reason as in {@link RunOutcome.Reason}, in lower case
 */
record RunResult(String reason, long nowNanos, long events, String message) implements Worded {
    static RunResult of(RunOutcome outcome) {
        if (outcome.reason() == RunOutcome.Reason.PANICKED) {
            throw new IllegalArgumentException("the kernel has panicked and never runs again: "
                    + outcome.message() + "; boot another");
        }
        return new RunResult(outcome.reason().name().toLowerCase(Locale.ROOT), outcome.nowNanos(), outcome.events(),
                outcome.message());
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
                + (message.isEmpty() ? "" : ": " + message);
    }
}
