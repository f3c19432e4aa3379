// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.util.ArrayList;
import java.util.List;

/** What one process of the log becomes. */
final class ProcessPlan {
    /** Index in the plan. */
    final int index;
    /** Its threads. */
    final List<ThreadPlan> threads = new ArrayList<>();
    /** How many areas the log maps. */
    int areas;
    /** How many files it opens. */
    int files;

    ProcessPlan(int index) {
        this.index = index;
    }
}
