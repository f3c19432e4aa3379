// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.TreeMap;

/** How many LWPs beyond the first of each process every user has (chglwpcnt). */
final class UserCounts {
    private final TreeMap<Integer, int[]> counts = new TreeMap<>();
    private int leaked;

    /** Adds one and returns the new count. */
    int add(int uid) {
        return ++counts.computeIfAbsent(uid, u -> new int[1])[0];
    }

    void remove(int uid) {
        counts.get(uid)[0]--;
    }

    int of(int uid) {
        int[] count = counts.get(uid);
        return count == null ? 0 : count[0];
    }

    /** Says that one that was added will never be removed. */
    void leak() {
        leaked++;
    }

    /** The sum over all users, without what was leaked. */
    int total() {
        int total = -leaked;
        for (int[] count : counts.values()) {
            total += count[0];
        }
        return total;
    }
}
