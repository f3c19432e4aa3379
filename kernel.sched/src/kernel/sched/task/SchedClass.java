// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

import org.osgi.annotation.versioning.ProviderType;

/** Scheduling classes with the numbers of NetBSD's {@code sched.h}. */
@ProviderType
public final class SchedClass {
    /** Keep the class as it is (in calls that set it). */
    public static final int NONE = -1;
    /** Time sharing. */
    public static final int OTHER = 0;
    /** Real time, runs until it blocks. */
    public static final int FIFO = 1;
    /** Real time, round robin among equals. */
    public static final int RR = 2;

    private SchedClass() {
    }

    /** The name a user knows, for example {@code SCHED_RR}. */
    public static String name(int schedClass) {
        return switch (schedClass) {
            case OTHER -> "SCHED_OTHER";
            case FIFO -> "SCHED_FIFO";
            case RR -> "SCHED_RR";
            default -> "SCHED_NONE";
        };
    }
}
