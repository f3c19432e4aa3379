// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.revision;

import kernel.lwp.proc.Proc;

/** LWP ids that count in each process (p_nlwpid), as all revisions up to 2020 gave them. */
public final class PerProcessIds {
    /** Where counting starts again: 0 is nobody, 1 the first LWP. */
    private static final int FIRST_REUSED = 2;

    private PerProcessIds() {
    }

    /**
     * Counts up and steps over ids in use; starts again at 2 when the highest was given (kern_lwp.c 1.180). Process
     * locked.
     *
     * @return an id that no LWP of the process has
     */
    public static int next(Proc p) {
        int lid = p.lastLid();
        do {
            lid = lid == Integer.MAX_VALUE ? FIRST_REUSED : lid + 1;
        } while (p.anyLwp(lid) != null);
        p.lastLid(lid);
        return lid;
    }
}
