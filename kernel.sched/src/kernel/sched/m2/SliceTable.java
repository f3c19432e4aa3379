// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.m2;

import kernel.sched.task.Priority;

/** Slice of each priority: short for high ones, long for low ones. */
final class SliceTable {
    private static final int MIN_MILLIS = 20;
    private static final int MAX_MILLIS = 150;
    private static final int REALTIME_MILLIS = 100;
    private static final int HIGH_BASE = 57;
    private static final int HIGH_RANGE = 6;

    private final int[] ticks = new int[Priority.USER_MAX + 1];
    private final int realtimeTicks;

    SliceTable(int hz) {
        int min = MIN_MILLIS * hz / 1000;
        int max = MAX_MILLIS * hz / 1000;
        realtimeTicks = REALTIME_MILLIS * hz / 1000;
        for (int p = 0; p < ticks.length; p++) {
            ticks[p] = max - p * 100 / Priority.USER_MAX * (max - min) / 100;
        }
    }

    /** Slice in ticks; anything above the time-sharing range gets the real-time slice. */
    int ticks(int priority) {
        return priority > Priority.USER_MAX ? realtimeTicks : ticks[priority];
    }

    int realtimeTicks() {
        return realtimeTicks;
    }

    /** The priority that a long sleeper or a starved task is raised to. */
    static int high(int priority) {
        return priority > Priority.USER_MAX ? priority : HIGH_BASE + priority * HIGH_RANGE / Priority.USER_MAX;
    }
}
