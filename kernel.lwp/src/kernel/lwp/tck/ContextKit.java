// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.tck;

import java.util.ArrayList;
import java.util.List;

/** All checks of a register context. */
public final class ContextKit {
    private ContextKit() {}

    /** The checks, in a fixed order. */
    public static List<ContextCheck> checks() {
        List<ContextCheck> checks = new ArrayList<>();
        RegisterChecks.addTo(checks);
        FpuChecks.addTo(checks);
        FrameChecks.addTo(checks);
        return List.copyOf(checks);
    }
}
