// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.ule;

import kernel.sched.task.Priority;

/** Which priority a time-sharing task gets (sched_priority): the interactive range by score, the batch range by use. */
final class Priorities {
    /** UNCONFIRMED: 48 parts interactive to 88 parts batch, of the priorities 0 to 63; FreeBSD's numbers are not known. */
    static final int BATCH_RANGE = 42;
    private static final int INTERACT_RANGE = Priority.USER_MAX + 1 - BATCH_RANGE;
    private static final int NEUTRAL = 20;

    private int threshold = History.THRESHOLD;

    /** The score below which a task is interactive (sched_interact). */
    int threshold() {
        return threshold;
    }

    void setThreshold(int score) {
        threshold = score;
    }

    /** {@code share} of a CPU is 2048 for a whole one; {@code nice} is 0 to 40. */
    int of(History history, int share, int nice) {
        return of(history.score(nice - NEUTRAL, threshold), share, nice);
    }

    int of(int score, int share, int nice) {
        if (score < threshold) {
            return Priority.USER_MAX - INTERACT_RANGE * score / threshold;
        }
        // UNCONFIRMED: the whole batch range stands for a whole CPU.
        int used = Math.min(BATCH_RANGE * share >> 11, BATCH_RANGE - 1);
        return BATCH_RANGE - 1 - Math.clamp(used + nice - NEUTRAL, 0, BATCH_RANGE - 1);
    }
}
