// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import java.util.ArrayList;
import java.util.List;

/** All checks of a scheduler. */
public final class SchedKit {
    private SchedKit() {
    }

    /** The checks, in a fixed order. */
    public static List<SchedCheck> checks() {
        List<SchedCheck> checks = new ArrayList<>();
        WorkChecks.addTo(checks);
        LifeChecks.addTo(checks);
        PlaceChecks.addTo(checks);
        SwapChecks.addTo(checks);
        FaultChecks.addTo(checks);
        AbuseChecks.addTo(checks);
        return List.copyOf(checks);
    }
}
