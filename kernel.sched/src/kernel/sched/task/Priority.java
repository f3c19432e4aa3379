// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

import org.osgi.annotation.versioning.ProviderType;

/** Priority ranges of NetBSD's {@code sys/param.h}; a higher number is a better priority. */
@ProviderType
public final class Priority {
    /** No priority: nothing is inherited, or a class that has none. */
    public static final int NONE = -1;
    /** Lowest time-sharing priority. */
    public static final int IDLE = 0;
    /** Lowest user priority of the time-sharing class. */
    public static final int USER = 0;
    /** Time-sharing priority of a new task at neutral nice. */
    public static final int USER_NEUTRAL = 43;
    /** Highest time-sharing priority. */
    public static final int USER_MAX = 63;
    /** Base of user tasks that execute or block in the kernel. */
    public static final int KERNEL = 64;
    /** Base of kernel threads, and of tasks blocked on a kernel lock. */
    public static final int KTHREAD = 96;
    /** Lowest real-time user priority. */
    public static final int USER_RT = 128;
    /** Lowest real-time kernel priority (soft interrupts). */
    public static final int KERNEL_RT = 192;
    /** Number of priorities. */
    public static final int COUNT = 224;
    /** Lowest priority a program may name for FIFO and RR. */
    public static final int SCHED_PRI_MIN = 0;
    /** Highest priority a program may name for FIFO and RR. */
    public static final int SCHED_PRI_MAX = 63;

    private Priority() {
    }
}
