// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

import org.osgi.annotation.versioning.ProviderType;

/** Immutable set of CPU numbers, 0 to 255. */
@ProviderType
public final class CpuSet {
    /** The empty set. */
    public static final CpuSet EMPTY = new CpuSet(0, 0, 0, 0);

    private final long w0;
    private final long w1;
    private final long w2;
    private final long w3;

    private CpuSet(long w0, long w1, long w2, long w3) {
        this.w0 = w0;
        this.w1 = w1;
        this.w2 = w2;
        this.w3 = w3;
    }

    /** The set of the given CPUs. */
    public static CpuSet of(int... cpus) {
        CpuSet set = EMPTY;
        for (int cpu : cpus) {
            set = set.with(cpu);
        }
        return set;
    }

    /** This set and one more CPU. */
    public CpuSet with(int cpu) {
        if (cpu < 0 || cpu > 255) {
            throw new IllegalArgumentException("CPU " + cpu + " is not between 0 and 255");
        }
        long bit = 1L << cpu;
        return switch (cpu >> 6) {
            case 0 -> new CpuSet(w0 | bit, w1, w2, w3);
            case 1 -> new CpuSet(w0, w1 | bit, w2, w3);
            case 2 -> new CpuSet(w0, w1, w2 | bit, w3);
            default -> new CpuSet(w0, w1, w2, w3 | bit);
        };
    }

    /** True when the CPU is in the set. */
    public boolean contains(int cpu) {
        long word = switch (cpu >> 6) {
            case 0 -> w0;
            case 1 -> w1;
            case 2 -> w2;
            case 3 -> w3;
            default -> 0;
        };
        return (word >>> (cpu & 63) & 1) != 0;
    }

    /** True when no CPU is in the set. */
    public boolean isEmpty() {
        return (w0 | w1 | w2 | w3) == 0;
    }

    /** Lowest CPU of the set, or -1. */
    public int first() {
        for (int cpu = 0; cpu < 256; cpu++) {
            if (contains(cpu)) {
                return cpu;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int cpu = 0; cpu < 256; cpu++) {
            if (contains(cpu)) {
                text.append(text.length() == 1 ? "" : ",").append(cpu);
            }
        }
        return text.append('}').toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CpuSet set && set.w0 == w0 && set.w1 == w1 && set.w2 == w2 && set.w3 == w3;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(w0 ^ 31 * w1 ^ 961 * w2 ^ 29791 * w3);
    }
}
