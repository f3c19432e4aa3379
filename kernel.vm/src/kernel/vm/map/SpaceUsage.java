// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import org.osgi.annotation.versioning.ProviderType;

/** What an address space has cost so far: the members of {@code struct rusage} that the memory layer keeps. */
@ProviderType
public final class SpaceUsage {
    private long minorFaults;
    private long majorFaults;
    private long mostResidentPages;

    SpaceUsage() {
    }

    /** Faults that were resolved without a read from a store ({@code ru_minflt}). */
    public long minorFaults() {
        return minorFaults;
    }

    /** Faults that had to read ({@code ru_majflt}). */
    public long majorFaults() {
        return majorFaults;
    }

    /** The most pages it had mapped after a fault ({@code ru_maxrss}). */
    public long mostResidentPages() {
        return mostResidentPages;
    }

    /** Counts a fault that was resolved. */
    public void fault(boolean read, long residentPages) {
        if (read) {
            majorFaults++;
        } else {
            minorFaults++;
        }
        mostResidentPages = Math.max(mostResidentPages, residentPages);
    }
}
