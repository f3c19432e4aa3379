// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import org.osgi.annotation.versioning.ProviderType;

/**
 * One thing the outside world did, and where in the kernel's history it did it.
 *
 * @param kind an input, the start of a run, an interruption, or the end of the recording
 * @param step steps the engine had made; with the records before it, names the safe point exactly
 * @param atNanos virtual time of the safe point
 * @param event events logged before it
 * @param text the input's text; for a run its limits, such as {@code until=5000000000}
 */
@ProviderType
public record InputRecord(Kind kind, long step, long atNanos, long event, String text) {

    /** What was recorded. */
    public enum Kind {
        /** {@link Input#apply}. */
        INPUT,
        /** A run began; its limits decide where slices were cut. */
        RUN,
        /** The host watchdog interrupted a callback of a variant, whose place among all callbacks is the text. */
        OVERDUE,
        /** Where the recording ended. */
        END
    }

    /** A record for the safe point {@code engine} is at. */
    static InputRecord at(Engine engine, Kind kind, String text) {
        return new InputRecord(kind, engine.steps(), engine.nowNanos(), engine.events().count(), text);
    }

    /** One line that {@link #parse} reads. */
    public String line() {
        return kind + " " + step + " " + atNanos + " " + event + " " + text;
    }

    /**
     * Reads what {@link #line} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static InputRecord parse(String line) {
        String[] words = line.split(" ", 5);
        try {
            return new InputRecord(Kind.valueOf(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]),
                    Long.parseLong(words[3]), words[4]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
            throw new IllegalArgumentException("not a line of an input log: " + line, malformed);
        }
    }
}
