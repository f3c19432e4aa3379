// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck.pageout;

/** Assertions of the kit. */
final class Expect {
    private Expect() {}

    static void that(boolean condition, String rule) {
        if (!condition) {
            throw new AssertionError(rule);
        }
    }

    static void equal(long expected, long actual, String what) {
        that(expected == actual, what + ": expected " + expected + ", is " + actual);
    }
}
