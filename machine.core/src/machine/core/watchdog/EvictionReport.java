// SPDX-License-Identifier: BSD-2-Clause
package machine.core.watchdog;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Why and when a variant was evicted.
 *
 * @param slot the slot it filled
 * @param kind what it did
 * @param variant who was evicted
 * @param successor who took over, or null if nobody did
 * @param message callback and what went wrong, with the task, page or address it was about, in one sentence
 * @param cpu the CPU that called it; -1 at a safe point
 * @param running the task that held that CPU, {@code pid.lid}
 * @param atNanos virtual time
 * @param event number of events before it; with the seed it finds the place again
 * @param seed seed of the run
 * @param decisions what it decided last, at most fifty, oldest first
 * @param stack frames of what it threw; empty if it threw nothing
 */
@ProviderType
public record EvictionReport(String slot, Kind kind, String variant, String successor, String message, int cpu,
        String running, long atNanos, long event, long seed, List<String> decisions, List<String> stack) {
    /** What a variant can do wrong. */
    public enum Kind {
        /** A callback threw. */
        THROW,
        /** A callback looped or blocked until the host watchdog interrupted it. */
        OVERDUE,
        /** An answer broke a rule, for example a task that is not runnable. */
        RULE,
        /** It does not have what it was given: a task, a page, a map entry, a translation. */
        LOST,
        /** It has something twice, or still has what was taken from it. */
        DUPLICATE,
        /** It held back what it had: a task that waited too long, pages while memory was short. */
        STARVED,
        /** Nothing: somebody wanted to see it evicted. */
        ASKED
    }

    /** Copies the lists. */
    public EvictionReport {
        decisions = List.copyOf(decisions);
        stack = List.copyOf(stack);
    }
}
