// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck.pageout;

import java.util.ArrayList;
import java.util.List;

/** All checks of a pageout policy. */
public final class PageoutKit {
    private PageoutKit() {}

    /** The checks, in a fixed order. */
    public static List<PageoutCheck> checks() {
        List<PageoutCheck> checks = new ArrayList<>();
        CustodyChecks.addTo(checks);
        ReclaimChecks.addTo(checks);
        SwapChecks.addTo(checks);
        RandomChecks.addTo(checks);
        return List.copyOf(checks);
    }
}
