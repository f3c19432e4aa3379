// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

/**
 * One thing the outside world did, and where in the kernel's history it did it.
 *
 * @param kind an input, the start of a run, or the end of the recording
 * @param step steps the engine had made; with the records before it, names the safe point exactly
 * @param atNanos virtual time of the safe point
 * @param event events logged before it
 * @param text the input's text; for a run its limits, such as {@code until=5000000000}
 */
public record InputRecord(Kind kind, long step, long atNanos, long event, String text) {

    /** What was recorded. */
    public enum Kind {
        /** {@link Input#apply}. */
        INPUT,
        /** A run began; its limits decide where slices were cut. */
        RUN,
        /** Where the recording ended. */
        END
    }
}
