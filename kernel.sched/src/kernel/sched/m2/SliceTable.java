// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.m2;

import kernel.sched.task.Priority;

/** Slice of each priority: short for high ones, long for low ones. */
final class SliceTable {
    private static final int MIN_MILLIS = 20;
    private static final int MAX_MILLIS = 150;
    private static final int REALTIME_MILLIS = 100;
    /** The longest slice is never shorter than this many ticks. */
    private static final int LEAST_MAX_TICKS = 10;
    private static final int HIGH_BASE = 57;
    private static final int HIGH_RANGE = 6;

    private final int hz;
    private final int[] ticks = new int[Priority.USER_MAX + 1];
    private final int realtimeTicks;
    private int min;
    private int max;

    SliceTable(int hz) {
        this.hz = hz;
        realtimeTicks = ticksOf(REALTIME_MILLIS);
        min = ticksOf(MIN_MILLIS);
        max = ticksOf(MAX_MILLIS);
        fill();
    }

    private void fill() {
        for (int p = 0; p < ticks.length; p++) {
            ticks[p] = max - p * 100 / Priority.USER_MAX * (max - min) / 100;
        }
    }

    /** Sets the shortest slice, as sysctl kern.sched.mints does. */
    void setMin(int millis) {
        int wanted = ticksOf(millis);
        require(wanted >= 1 && wanted <= hz && wanted < max, "mints", millis,
                "at least a tick of " + 1000 / hz + " ms, and less than maxts, " + millis(max));
        min = wanted;
        fill();
    }

    /** Sets the longest slice, as sysctl kern.sched.maxts does. */
    void setMax(int millis) {
        int wanted = ticksOf(millis);
        require(wanted >= LEAST_MAX_TICKS && wanted <= hz && wanted > min, "maxts", millis,
                "at least " + millis(LEAST_MAX_TICKS) + ", at most 1000, and more than mints, " + millis(min));
        max = wanted;
        fill();
    }

    private static void require(boolean holds, String name, int millis, String range) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + millis + " ms; give " + range + " ms");
        }
    }

    private int ticksOf(int millis) {
        return millis * hz / 1000;
    }

    int millis(int count) {
        return count * 1000 / hz;
    }

    int minTicks() {
        return min;
    }

    int maxTicks() {
        return max;
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
