// SPDX-License-Identifier: BSD-2-Clause
package userland.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import userland.quantity.DurationText;

/**
 * A swap that a run is asked to make: {@code 500ms:sched=m2}, or several slots in one transaction
 * {@code 500ms:sched=m2,lwp=1.47}.
 *
 * @param atNanos virtual time since boot
 * @param variants slot to variant, in the order written
 */
public record SwapOption(long atNanos, Map<String, String> variants) {
    /** Keeps a copy of the map, in its order. */
    public SwapOption {
        variants = new LinkedHashMap<>(variants);
    }

    /**
     * Reads the text of a {@code --swap} option.
     *
     * @throws IllegalArgumentException naming the text
     */
    public static SwapOption parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw malformed(text);
        }
        Map<String, String> variants = new LinkedHashMap<>();
        for (String part : text.substring(colon + 1).split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals <= 0 || equals == part.length() - 1) {
                throw malformed(text);
            }
            if (variants.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("swap '" + text + "' names one slot twice");
            }
        }
        return new SwapOption(DurationText.parseNanos(text.substring(0, colon)), variants);
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("not a swap: '" + text
                + "' (write TIME:SLOT=VARIANT, as in 500ms:sched=m2)");
    }
}
