// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;

/** The last fifty tasks a scheduler chose; recording allocates nothing. */
final class Decisions {
    private static final int KEPT = 50;

    private final long[] nanos = new long[KEPT];
    private final int[] cpus = new int[KEPT];
    private final int[] pids = new int[KEPT];
    private final int[] lids = new int[KEPT];
    private long count;

    void record(CpuState cpu, Task task) {
        int at = (int) (count++ % KEPT);
        nanos[at] = cpu.cpu().clockNanos();
        cpus[at] = cpu.id();
        pids[at] = task.pid();
        lids[at] = task.lid();
    }

    void clear() {
        count = 0;
    }

    /** Oldest first. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (long i = Math.max(0, count - KEPT); i < count; i++) {
            int at = (int) (i % KEPT);
            lines.add(nanos[at] + " ns cpu" + cpus[at] + " " + pids[at] + "." + lids[at]);
        }
        return lines;
    }
}
