// SPDX-License-Identifier: BSD-2-Clause
package userland.core.text;

import java.util.Map;
import java.util.TreeMap;

/** Counts by name what a workload asks for and has no counterpart here. */
public final class Tally {
    private final Map<String, Long> counts = new TreeMap<>();

    /** Adds one to a name. */
    public void add(String name) {
        counts.merge(name, 1L, Long::sum);
    }

    /** A copy, sorted by name. */
    public Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
