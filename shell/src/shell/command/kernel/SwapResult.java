// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import machine.core.slot.SlotChange;
import machine.core.slot.SwapReport;
import shell.command.format.Formatter;
import shell.command.format.Worded;

/**
 * How a swap went.
 *
 * @param phases host nanoseconds of each phase, in order
 */
public record SwapResult(String outcome, long atNanos, long virtualPauseNanos, List<Change> changes,
        Map<String, Long> phases)
        implements Worded {

    /**
     * One slot.
     *
     * @param loaderReleased whether the old variant has been collected
     */
    public record Change(String slot, String from, String to, int moved, boolean loaderReleased) {
    }

    static SwapResult of(SwapReport report) {
        Map<String, Long> phases = new LinkedHashMap<>();
        report.phases().forEach(phase -> phases.merge(phase.name(), phase.hostNanos(), Long::sum));
        List<Change> changes = new ArrayList<>();
        for (SlotChange change : report.changes()) {
            changes.add(new Change(change.slot(), change.from(), change.to(), change.moved(), collected(change)));
        }
        return new SwapResult(report.outcome(), report.atNanos(), report.virtualPauseNanos(), changes, phases);
    }

    /** The user waits for this answer, and the collector has no reason of its own to look. */
    private static boolean collected(SlotChange change) {
        for (int i = 0; i < 3 && !change.oldCollected(); i++) {
            System.gc();
        }
        return change.oldCollected();
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Change change : changes) {
            text.append(change.slot()).append(": ").append(change.from() == null ? "nothing" : change.from())
                    .append(" -> ")
                    .append(change.to()).append(", ").append(change.moved()).append(" moved, old one ")
                    .append(change.loaderReleased() ? "collected" : "still referenced").append('\n');
        }
        return text.append(outcome).append(" at ").append(Formatter.duration(atNanos)).append(", virtual pause ")
                .append(Formatter.duration(virtualPauseNanos)).append("\nhost time: ").append(phases.entrySet().stream()
                        .map(p -> p.getKey() + " " + Formatter.duration(p.getValue()))
                        .collect(Collectors.joining(", ")))
                .toString();
    }
}
