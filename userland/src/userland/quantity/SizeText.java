// SPDX-License-Identifier: BSD-2-Clause
package userland.quantity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Reads and writes sizes as people write them, in bytes; units are powers of 1024. */
public final class SizeText {
    private static final String UNITS = "KMGT";

    private SizeText() {
    }

    /**
     * Bytes of a text such as {@code 4096}, {@code 64K}, {@code 256M}, {@code 1.5GiB}.
     *
     * @throws IllegalArgumentException naming the text, when it is no size or not a whole number of bytes
     */
    public static long parseBytes(String text) {
        String trimmed = text.strip();
        int end = NumberText.length(trimmed);
        int shift = shiftOf(trimmed.substring(end).strip().toUpperCase(Locale.ROOT));
        if (end == 0 || shift < 0) {
            throw new IllegalArgumentException("not a size: '" + text
                    + "' (write bytes or a number with K, M, G or T: 4096, 256M)");
        }
        try {
            return new BigDecimal(trimmed.substring(0, end)).multiply(BigDecimal.valueOf(1L << shift))
                    .setScale(0, RoundingMode.UNNECESSARY).longValueExact();
        } catch (ArithmeticException outOfRange) {
            throw new IllegalArgumentException("size out of range: '" + text
                    + "' (a whole number of bytes below 8 EiB)", outOfRange);
        }
    }

    /** The size with the largest unit that keeps it a whole number. */
    public static String format(long bytes) {
        for (int i = UNITS.length(); i > 0; i--) {
            long unit = 1L << 10 * i;
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + UNITS.substring(i - 1, i);
            }
        }
        return Long.toString(bytes);
    }

    /** Power of two of a unit, -1 when it is none. */
    private static int shiftOf(String unit) {
        if (unit.isEmpty() || unit.equals("B")) {
            return 0;
        }
        int index = UNITS.indexOf(unit.charAt(0));
        String rest = unit.substring(1);
        return index < 0 || !(rest.isEmpty() || rest.equals("B") || rest.equals("IB")) ? -1 : 10 * (index + 1);
    }
}
