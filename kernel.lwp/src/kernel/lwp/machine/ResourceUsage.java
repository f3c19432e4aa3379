// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A decoded {@code struct rusage} (sys/resource.h): what a process has used. Immutable.
 *
 * <p>Members that nothing here counts (shared memory, blocks, messages, swaps) are always 0 and left out.
 *
 * @param userNanos virtual time in user mode
 * @param systemNanos virtual time in the kernel
 * @param maxResidentKilobytes the most memory it had mapped, in KiB
 * @param minorFaults page faults without a read
 * @param majorFaults page faults that had to read
 * @param signals signals it took
 * @param voluntarySwitches times its LWPs gave up a CPU
 * @param involuntarySwitches times its LWPs were taken from a CPU
 */
@ProviderType
public record ResourceUsage(
        long userNanos,
        long systemNanos,
        long maxResidentKilobytes,
        long minorFaults,
        long majorFaults,
        long signals,
        long voluntarySwitches,
        long involuntarySwitches) {
    /** Nothing used. */
    public static final ResourceUsage NONE = new ResourceUsage(0, 0, 0, 0, 0, 0, 0, 0);

    /** ruadd: the sum; of the memory the larger one. */
    public ResourceUsage plus(ResourceUsage other) {
        return new ResourceUsage(
                userNanos + other.userNanos,
                systemNanos + other.systemNanos,
                Math.max(maxResidentKilobytes, other.maxResidentKilobytes),
                minorFaults + other.minorFaults,
                majorFaults + other.majorFaults,
                signals + other.signals,
                voluntarySwitches + other.voluntarySwitches,
                involuntarySwitches + other.involuntarySwitches);
    }
}
