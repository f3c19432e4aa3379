// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import org.osgi.annotation.versioning.ProviderType;

/** The set of CPUs on which an address space is loaded. */
@ProviderType
public final class ActiveCpus {
    private final long[] words;

    ActiveCpus(int cpus) {
        words = new long[(cpus + 63) >>> 6];
    }

    /** Whether a CPU is in the set. */
    public boolean contains(int cpu) {
        return (words[cpu >>> 6] >>> cpu & 1) != 0;
    }

    /** The first CPU in the set that is not below {@code from}, or -1. */
    public int next(int from) {
        for (int word = from >>> 6; word < words.length; word++) {
            long bits = word == from >>> 6 ? words[word] & -1L << from : words[word];
            if (bits != 0) {
                return (word << 6) + Long.numberOfTrailingZeros(bits);
            }
        }
        return -1;
    }

    /** Whether no CPU is in the set. */
    public boolean isEmpty() {
        return next(0) < 0;
    }

    void add(int cpu) {
        words[cpu >>> 6] |= 1L << cpu;
    }

    void remove(int cpu) {
        words[cpu >>> 6] &= ~(1L << cpu);
    }
}
