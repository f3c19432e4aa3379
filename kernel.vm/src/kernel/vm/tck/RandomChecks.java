// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import java.util.List;

/** Random operations on several CPUs and spaces, compared with a model after every step. */
final class RandomChecks {
    private static final int SEEDS = 3;

    private RandomChecks() {}

    static void addTo(List<PmapCheck> checks) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            long chosen = seed;
            checks.add(new PmapCheck("random operations, seed " + seed, 3, rig -> new RandomRun(rig, chosen).run()));
        }
    }
}
