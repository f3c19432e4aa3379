// SPDX-License-Identifier: BSD-2-Clause
package bench.report;

/**
 * How long to measure.
 *
 * @param forks JVMs for each benchmark
 * @param warmups iterations before anything counts
 * @param iterations iterations that count
 * @param iterationMillis length of each; they are short, so that some of them have the CPU for themselves
 * @param large whether to try what needs gigabytes
 */
record Effort(int forks, int warmups, int iterations, long iterationMillis, boolean large) {
    static final Effort FULL = new Effort(2, 40, 20, 50, true);
    static final Effort QUICK = new Effort(1, 40, 10, 50, false);
    /** Only to see whether everything runs. */
    static final Effort SMOKE = new Effort(0, 0, 1, 1, false);
}
