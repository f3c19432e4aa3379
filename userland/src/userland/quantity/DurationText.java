// SPDX-License-Identifier: BSD-2-Clause
package userland.quantity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Reads and writes durations as people write them, in nanoseconds. */
public final class DurationText {
    private static final String[] UNITS = {"ns", "us", "ms", "s", "m", "h"};
    private static final long[] UNIT_NANOS = {
        1, 1_000, 1_000_000, 1_000_000_000L, 60_000_000_000L, 3_600_000_000_000L};

    private DurationText() {
    }

    /**
     * Nanoseconds of a text such as {@code 500ms}, {@code 1.5s} or {@code 20us}.
     *
     * @throws IllegalArgumentException naming the text, when the number or the unit is missing, the
     *         value is negative, finer than a nanosecond, or beyond 292 years
     */
    public static long parseNanos(String text) {
        String trimmed = text.strip();
        int end = NumberText.length(trimmed);
        int unit = unitOf(trimmed.substring(end).strip());
        if (end == 0 || unit < 0) {
            throw new IllegalArgumentException("not a duration: '" + text
                    + "' (write a number and a unit: 250us, 500ms, 1.5s, 2m)");
        }
        try {
            return new BigDecimal(trimmed.substring(0, end))
                    .multiply(BigDecimal.valueOf(UNIT_NANOS[unit]))
                    .setScale(0, RoundingMode.UNNECESSARY).longValueExact();
        } catch (ArithmeticException outOfRange) {
            throw new IllegalArgumentException("duration out of range: '" + text
                    + "' (whole nanoseconds, at most 292 years)", outOfRange);
        }
    }

    /** The shortest text that {@link #parseNanos} reads back to the same value, or a rounded one for people. */
    public static String format(long nanos) {
        if (nanos < 0) {
            return "-" + format(nanos == Long.MIN_VALUE ? Long.MAX_VALUE : -nanos);
        }
        int unit = nanos < 1_000 ? 0 : nanos < 1_000_000 ? 1 : nanos < 1_000_000_000 ? 2 : 3;
        return BigDecimal.valueOf(nanos).divide(BigDecimal.valueOf(UNIT_NANOS[unit]), 3, RoundingMode.HALF_UP)
                .stripTrailingZeros().toPlainString() + UNITS[unit];
    }

    private static int unitOf(String name) {
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
