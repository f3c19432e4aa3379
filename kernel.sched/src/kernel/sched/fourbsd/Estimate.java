// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.fourbsd;

/** Arithmetic of recent CPU use; 2048 stands for one step of priority. */
final class Estimate {
    static final int SHIFT = 11;
    static final int UNIT = 1 << SHIFT;
    static final int MAX = 18 * UNIT;
    static final int PER_SCHEDCLOCK = 1024;
    private static final int HIGHEST = 63;

    private Estimate() {
    }

    /** Priority of a time-sharing task; {@code nice} is 0 to 40. */
    static int priority(int estcpu, int nice) {
        return Math.max(0, HIGHEST - (estcpu >> SHIFT) - nice);
    }

    /** One tick of the 16 Hz clock. */
    static int accumulate(int estcpu) {
        return Math.min(estcpu + PER_SCHEDCLOCK, MAX);
    }

    /** Twice the load average, both scaled by 2048. */
    static int loadFactor(int loadAverage) {
        return 2 * loadAverage;
    }

    /** One second. */
    static int decay(int estcpu, int loadFactor) {
        return (int) ((long) estcpu * loadFactor / (loadFactor + UNIT));
    }

    /** {@code seconds} seconds, the first of which the statistics took care of. */
    static int decay(int estcpu, int loadFactor, int seconds) {
        if ((long) seconds * UNIT >= 7L * loadFactor) {
            return 0;
        }
        int left = estcpu;
        for (int i = 1; i < seconds && left != 0; i++) {
            left = decay(left, loadFactor);
        }
        return left;
    }
}
