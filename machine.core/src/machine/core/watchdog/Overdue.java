// SPDX-License-Identifier: BSD-2-Clause
package machine.core.watchdog;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Thrown in a callback of a variant that ran for too long, at the next safepoint after the watchdog interrupted it.
 *
 * <p>The bundles of variants are given safepoints when their classes are loaded: {@link #poll} at the beginning of methods
 * and at the end of each turn of a loop, {@link #handler} at the beginning of each exception handler, so that neither an
 * endless loop nor a {@code catch} can hold a kernel. Only {@link Guard guards} catch it.
 */
@ProviderType
public final class Overdue extends Error {
    /** What is said about code that was interrupted, behind its name. */
    public static final String FAULT = "did not come back within the time of the host watchdog";

    private static final long serialVersionUID = 1L;

    Overdue(Throwable cause) {
        super("it " + FAULT, cause);
    }

    /** A safepoint. Does nothing unless the watchdog has interrupted this thread inside a guarded callback. */
    public static void poll() {
        if (Thread.currentThread().isInterrupted()) {
            interrupted(null);
        }
    }

    /**
     * A safepoint at the beginning of an exception handler: an overdue callback can catch neither this nor the
     * interruption of a blocking call.
     */
    public static void handler(Throwable caught) {
        if (caught instanceof Overdue overdue) {
            throw overdue;
        }
        if (caught instanceof InterruptedException) {
            interrupted(caught);
        }
    }

    /** A thread of the plug-in's own may be interrupted by whomever it likes. */
    private static void interrupted(Throwable cause) {
        boolean guarded = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).walk(frames ->
                frames.anyMatch(frame -> frame.getDeclaringClass().isAnnotationPresent(Guard.class)));
        if (guarded) {
            throw new Overdue(cause);
        }
    }
}
