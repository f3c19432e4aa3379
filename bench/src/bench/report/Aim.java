// SPDX-License-Identifier: BSD-2-Clause
package bench.report;

/**
 * What a row should reach.
 *
 * @param limit the largest good value
 * @param ofRatio whether it is about the ratio to the reference, rather than about our own value
 */
record Aim(double limit, boolean ofRatio) {
    static Aim ratio(double limit) {
        return new Aim(limit, true);
    }

    static Aim value(double limit) {
        return new Aim(limit, false);
    }

    boolean reached(double ours, double reference) {
        return (ofRatio ? ours / reference : ours) <= limit;
    }

    String text(String unit) {
        return "≤ " + Numbers.shortest(limit) + (ofRatio ? " ×" : " " + unit);
    }
}
