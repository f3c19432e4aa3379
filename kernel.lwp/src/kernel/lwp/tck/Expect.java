// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.tck;

/** Assertions of the kit. */
final class Expect {
    private Expect() {}

    static void that(boolean condition, String rule) {
        if (!condition) {
            throw new AssertionError(rule);
        }
    }

    static void equal(long expected, long actual, String what) {
        if (expected != actual) {
            throw new AssertionError(what + ": expected 0x" + Long.toHexString(expected) + ", is 0x"
                    + Long.toHexString(actual));
        }
    }
}
