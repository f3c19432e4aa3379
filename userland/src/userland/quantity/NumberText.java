// SPDX-License-Identifier: BSD-2-Clause
package userland.quantity;

/** Finds the decimal number that a quantity starts with. */
final class NumberText {
    private NumberText() {
    }

    /** Characters of the leading {@code digits[.digits]}, 0 when there is none. */
    static int length(String text) {
        int whole = digits(text, 0);
        if (whole == 0 || whole == text.length() || text.charAt(whole) != '.') {
            return whole;
        }
        int end = digits(text, whole + 1);
        return end == whole + 1 ? 0 : end;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
