// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import java.util.function.BooleanSupplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * When a run stops.
 *
 * <p>A run also stops when the kernel is quiescent, unless a time limit is given: then background
 * timers are processed up to the limit and time jumps there ({@link #stoppingWhenQuiescent()} changes
 * that). Stopping somewhere never changes what happens afterwards.
 *
 * @param untilNanos stops when everything up to this virtual time, inclusive, has happened;
 *     {@code Long.MAX_VALUE} for no limit
 * @param events stops at the first interleave point after this many more events;
 *     {@code Long.MAX_VALUE} for no limit
 * @param condition checked between slices, or null
 * @param stopWhenQuiescent whether quiescence stops a run that has a time limit
 */
@ProviderType
public record RunLimit(long untilNanos, long events, BooleanSupplier condition, boolean stopWhenQuiescent) {

    private static final RunLimit NONE = new RunLimit(Long.MAX_VALUE, Long.MAX_VALUE, null, true);

    /** Checks the values. */
    public RunLimit {
        if (untilNanos < 0 || events < 0) {
            throw new IllegalArgumentException("a run limit must not be negative");
        }
    }

    /** Runs until nothing can happen any more. */
    public static RunLimit none() {
        return NONE;
    }

    /** Runs until everything up to and including this virtual time has happened. */
    public static RunLimit until(long nanos) {
        return new RunLimit(nanos, Long.MAX_VALUE, null, false);
    }

    /** Runs until this many more events were logged. */
    public static RunLimit events(long count) {
        return new RunLimit(Long.MAX_VALUE, count, null, true);
    }

    /** Runs until the condition, checked between slices, holds. */
    public static RunLimit when(BooleanSupplier condition) {
        return new RunLimit(Long.MAX_VALUE, Long.MAX_VALUE, condition, true);
    }

    /** The same, and also stops when the condition holds. */
    public RunLimit orWhen(BooleanSupplier other) {
        return new RunLimit(untilNanos, events, other, stopWhenQuiescent);
    }

    /** The same, but stops early when nothing can happen by itself. */
    public RunLimit stoppingWhenQuiescent() {
        return new RunLimit(untilNanos, events, condition, true);
    }

    /** Whether a time limit is set. */
    public boolean timed() {
        return untilNanos != Long.MAX_VALUE;
    }
}
