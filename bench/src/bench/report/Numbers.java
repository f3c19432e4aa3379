// SPDX-License-Identifier: BSD-2-Clause
package bench.report;

import java.util.Locale;

/** Measured values as people read them. */
final class Numbers {
    private Numbers() {
    }

    /** Three significant digits or all digits before the point. */
    static String measured(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }

    /** Without digits that say nothing. */
    static String shortest(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : Double.toString(value);
    }
}
