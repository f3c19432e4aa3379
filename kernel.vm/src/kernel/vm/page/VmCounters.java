// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

/** The event counters of one kernel's memory layer. */
public final class VmCounters {
    private static final int SIZE = VmCounter.values().length;

    private final long[] counts = new long[SIZE];

    /** Counts one event. */
    public void count(VmCounter counter) {
        counts[counter.ordinal()]++;
    }

    /** Counts several events. */
    public void count(VmCounter counter, long events) {
        counts[counter.ordinal()] += events;
    }

    /** How many events there were since the kernel started. */
    public long get(VmCounter counter) {
        return counts[counter.ordinal()];
    }
}
