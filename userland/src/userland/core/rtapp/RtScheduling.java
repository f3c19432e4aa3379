// SPDX-License-Identifier: BSD-2-Clause
package userland.core.rtapp;

import java.util.List;

/**
 * Where and how a thread runs.
 *
 * @param policy {@code SCHED_OTHER}, {@code SCHED_FIFO}, {@code SCHED_RR}, or null for no change
 * @param priority nice value for {@code SCHED_OTHER}, else the real-time priority; null for no change
 * @param cpus CPUs it may run on, or null for no change
 */
public record RtScheduling(String policy, Integer priority, List<Integer> cpus) {
    /** Changes nothing. */
    public static final RtScheduling UNCHANGED = new RtScheduling(null, null, null);
}
