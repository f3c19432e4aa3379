// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.ule;

/**
 * How long a task recently ran and slept, in ticks shifted left by 10, and the interactivity that follows.
 *
 * <p>A score of 0 is a task that hardly runs, 50 one that runs as much as it sleeps, 100 a hog.
 */
final class History {
    static final int SHIFT = 10;
    static final int HALF = 50;
    static final int THRESHOLD = 30;
    private static final int MAX_SECONDS = 5;

    private final long most;
    private long run;
    private long sleep;
    /** Ticks of the slice used up. */
    int usedTicks;
    /** True until its first slice ends, which is one tick long. */
    boolean shortSlice;
    /** True when the slice ended and the task has not been queued since. */
    boolean sliceOver;
    /** Slot of the calendar the task is in, or -1. */
    int slot = -1;

    History(int hz) {
        most = (long) MAX_SECONDS * hz << SHIFT;
    }

    long run() {
        return run;
    }

    long sleep() {
        return sleep;
    }

    void ran(long ticks) {
        run += ticks << SHIFT;
        update();
    }

    void slept(long ticks) {
        sleep += ticks << SHIFT;
        update();
    }

    /** Takes a share of the full history: {@code part} of {@code whole} was run time. */
    void assume(long part, long whole) {
        run = most * part / whole;
        sleep = most - run;
    }

    /** The history of a parent, no longer than half a second. */
    void inherit(History parent) {
        long sum = parent.run + parent.sleep;
        long limit = most / (2 * MAX_SECONDS);
        // UNCONFIRMED: both parts are divided by the same whole number.
        long ratio = sum > limit ? sum / limit : 1;
        run = parent.run / ratio;
        sleep = parent.sleep / ratio;
    }

    /** A child ended: its run time is charged to its parent. */
    void absorb(History child) {
        run += child.run;
        update();
    }

    /**
     * 0 to 100; {@code nice} is -20 to 20 and added.
     *
     * <p>With a threshold of up to 50 whoever ran as long as it slept cannot be interactive, so 50 stands for all scores above,
     * and for that of a task without a history.
     */
    int score(int nice, int threshold) {
        return Math.max(0, (threshold <= HALF && run >= sleep ? HALF : interactivity()) + nice);
    }

    private int interactivity() {
        if (run > sleep) {
            return 2 * HALF - (int) (sleep / Math.max(1, run / HALF));
        }
        if (sleep > run) {
            return (int) (run / Math.max(1, sleep / HALF));
        }
        return run == 0 ? 0 : HALF;
    }

    private void update() {
        long sum = run + sleep;
        if (sum <= most) {
            return;
        }
        if (sum > 2 * most) {
            boolean ranMore = run > sleep;
            run = ranMore ? most : 1;
            sleep = ranMore ? 1 : most;
        } else if (sum > most / 5 * 6) {
            run /= 2;
            sleep /= 2;
        } else {
            run = run / 5 * 4;
            sleep = sleep / 5 * 4;
        }
    }
}
