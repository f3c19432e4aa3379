// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.util.ArrayList;
import java.util.List;

/** What one thread of the log becomes. */
final class ThreadPlan {
    /** Id in the log. */
    final int id;
    /** Index within the process; 0 is the thread that starts with it. */
    final int index;
    /** What it does, in order. */
    final List<Step> steps = new ArrayList<>();
    /** Whether a step of another thread starts it; otherwise the first thread does, before its own steps. */
    boolean started;

    ThreadPlan(int id, int index) {
        this.id = id;
        this.index = index;
    }
}
