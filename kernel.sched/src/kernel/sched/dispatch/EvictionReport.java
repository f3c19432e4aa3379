// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Why and when a scheduler was evicted.
 *
 * @param kind what it did
 * @param variant who was evicted
 * @param successor who took over, or null
 * @param message callback, rule and task in one sentence
 * @param cpu the CPU that called it; -1 at a safe point
 * @param running the task that held that CPU, {@code pid.lid}
 * @param atNanos virtual time
 * @param event number of events before it; with the seed it finds the place again
 * @param seed seed of the run
 * @param decisions the last answers of pickNext and steal, oldest first
 * @param stack frames of what it threw; empty otherwise
 */
@ProviderType
public record EvictionReport(Kind kind, String variant, String successor, String message, int cpu, String running,
        long atNanos, long event, long seed, List<String> decisions, List<String> stack) {
    /** What a scheduler can do wrong. */
    public enum Kind {
        /** A callback threw. */
        THROW,
        /** A callback looped or blocked until the host watchdog interrupted it. */
        OVERDUE,
        /** An answer broke a rule, for example a task that is not runnable. */
        RULE,
        /** A runnable task is on none of its queues. */
        LOST,
        /** A task is on its queues twice. */
        DUPLICATE,
        /** A runnable task waited too long while its CPU was idle or ran something worse. */
        STARVED
    }
}
