// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import java.util.Arrays;

/**
 * Says at once that a TLB holds nothing of a large page for an address, which is what most invalidations want to know.
 *
 * <p>A counting filter: what it denies is not there, what it grants has to be searched for.
 */
final class LargePageFilter {
    private static final int BUCKETS = 64;

    private final int[] counts = new int[BUCKETS];
    /** A bit for log2 of every page size added since it was cleared. */
    private long sizes;

    /** Counts an entry for the large page of an address, or for a fragment of it. */
    void add(long va, int shift) {
        sizes |= 1L << shift;
        counts[bucket(va, shift)]++;
    }

    /** Takes back what was added for the same large page. */
    void remove(long va, int shift) {
        counts[bucket(va, shift)]--;
    }

    boolean mayHold(long va) {
        for (long left = sizes; left != 0; left &= left - 1) {
            if (counts[bucket(va, Long.numberOfTrailingZeros(left))] > 0) {
                return true;
            }
        }
        return false;
    }

    void clear() {
        Arrays.fill(counts, 0);
        sizes = 0;
    }

    private static int bucket(long va, int shift) {
        return (int) (va >>> shift) & BUCKETS - 1;
    }
}
