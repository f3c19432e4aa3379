// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

/** Counts, so that a bug shows now and then. */
class Mutant extends PlainScheduler {
    private static final int RARELY = 13;
    private int calls;

    boolean now() {
        return ++calls % RARELY == 0;
    }
}
