// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.revision;

import kernel.lwp.proc.Proc;

/** LWP ids that count in each process (p_nlwpid), as all revisions up to 2020 gave them. */
public final class PerProcessIds {
    private PerProcessIds() {
    }

    /**
     * Counts up and never gives an id again; steps over ids that another revision gave. Process locked.
     *
     * @return an id that no LWP of the process has, or 0 when there is none left
     */
    public static int next(Proc p) {
        int lid = p.lastLid();
        do {
            if (lid == Integer.MAX_VALUE) {
                return 0;
            }
            lid++;
        } while (p.anyLwp(lid) != null);
        p.lastLid(lid);
        return lid;
    }
}
