// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

import java.util.Arrays;

/**
 * Hands out address-space identifiers in epochs, as FreeBSD's arm64 pmap_alloc_asid.
 *
 * <p>A tag is an epoch and an identifier in one word; 0 is no tag. When the identifiers run out, a new epoch begins:
 * the caller flushes every TLB and keeps the tags of the spaces that are loaded somewhere.
 */
final class AsidAllocator {
    /** What {@link #allocate} returns when a new epoch is needed. */
    static final long EXHAUSTED = -1;

    /** Identifier 0 is the kernel's. */
    private static final int FIRST = 1;

    private static final int ID_BITS = 16;

    private final int limit;
    private final long[] taken;
    private int next = FIRST;
    private long epoch = 1;

    /**
     * An allocator.
     *
     * @param bits width of an identifier: 8 or 16
     */
    AsidAllocator(int bits) {
        limit = 1 << bits;
        taken = new long[(limit + 63) >>> 6];
    }

    static int identifier(long tag) {
        return (int) tag & (1 << ID_BITS) - 1;
    }

    boolean isCurrent(long tag) {
        return tag >>> ID_BITS == epoch;
    }

    /** A new tag of this epoch, or {@link #EXHAUSTED}. */
    long allocate() {
        int found = search(next, limit);
        if (found < 0) {
            found = search(FIRST, next);
        }
        if (found < 0) {
            return EXHAUSTED;
        }
        next = found + 1;
        return reserve(found);
    }

    private int search(int from, int to) {
        for (int id = from; id < to; id++) {
            if ((taken[id >>> 6] >>> id & 1) == 0) {
                return id;
            }
        }
        return -1;
    }

    /** Begins a new epoch in which nothing is taken. */
    void newEpoch() {
        epoch++;
        next = FIRST;
        Arrays.fill(taken, 0);
    }

    /** Takes an identifier in this epoch. */
    long reserve(int id) {
        taken[id >>> 6] |= 1L << id;
        return epoch << ID_BITS | id;
    }

    /** Gives a tag back if it is of this epoch. */
    void free(long tag) {
        if (isCurrent(tag)) {
            int id = identifier(tag);
            taken[id >>> 6] &= ~(1L << id);
        }
    }
}
