// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.eevdf;

/**
 * Weight of each nice value: 1024 in the middle, about 1.25 times more with each step towards the best.
 *
 * <p>UNCONFIRMED: each single weight but the one in the middle.
 */
final class Weights {
    static final int NEUTRAL = 1024;

    private final int[] table = {
        88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916,
        9548, 7620, 6100, 4904, 3906, 3121, 2501, 1991, 1586, 1277,
        1024, 820, 655, 526, 423, 335, 272, 215, 172, 137,
        110, 87, 70, 56, 45, 36, 29, 23, 18, 15,
    };

    /** Weight for a stored nice value; BSD's 40 has none of its own and counts as 39. */
    int of(int nice) {
        return table[Math.min(nice, table.length - 1)];
    }
}
