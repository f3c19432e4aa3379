// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import java.util.function.Consumer;

/**
 * One check of the kit.
 *
 * @param set what kind of check it is
 * @param name a sentence that holds when it passes
 * @param body throws an {@link AssertionError} when it does not
 */
public record SchedCheck(Kind set, String name, Consumer<SchedulerUnderTest> body) {
    /** Kinds of checks. */
    public enum Kind {
        /** The scheduler does its work. */
        POSITIVE,
        /** A fault around it is noticed, and it takes over from the one at fault. */
        MUST_FAIL,
        /** It survives what no workload does. */
        ABUSE
    }

    /** Runs the check in kernels of its own. */
    public void run(SchedulerUnderTest subject) {
        body.accept(subject);
    }
}
