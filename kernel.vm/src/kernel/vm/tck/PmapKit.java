// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import java.util.ArrayList;
import java.util.List;

/** All checks of a pmap. */
public final class PmapKit {
    private PmapKit() {}

    /** The checks, in a fixed order. */
    public static List<PmapCheck> checks() {
        List<PmapCheck> checks = new ArrayList<>();
        MappingChecks.addTo(checks);
        PageChecks.addTo(checks);
        BitChecks.addTo(checks);
        TlbChecks.addTo(checks);
        LifeChecks.addTo(checks);
        SuperpageChecks.addTo(checks);
        RandomChecks.addTo(checks);
        return List.copyOf(checks);
    }
}
