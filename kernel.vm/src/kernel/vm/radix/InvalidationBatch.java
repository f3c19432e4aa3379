// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import machine.core.memory.PhysicalMemory;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The pages of one pmap whose translations must go before an operation returns.
 *
 * <p>Beyond {@link #LIMIT} pages it stands for the whole address space (FreeBSD's PMAP_INVLPG_THRESHOLD).
 */
@ProviderType
public final class InvalidationBatch {
    /** The most pages that are invalidated one by one. */
    public static final int LIMIT = 4096;

    private final long[] addresses = new long[LIMIT];
    private int size;
    private boolean everything;

    InvalidationBatch() {}

    /** Whether the whole address space must go; then {@link #size()} and {@link #address} say nothing. */
    public boolean everything() {
        return everything;
    }

    /** How many pages must go. */
    public int size() {
        return size;
    }

    /** The page-aligned address of one of them. */
    public long address(int index) {
        return addresses[index];
    }

    boolean isEmpty() {
        return size == 0 && !everything;
    }

    void add(long va) {
        if (size == LIMIT) {
            everything = true;
        } else {
            addresses[size++] = va;
        }
    }

    /** Every page of a superpage. */
    void addRange(long va, int pages) {
        for (int i = 0; i < pages && !everything; i++) {
            add(va + ((long) i << PhysicalMemory.PAGE_SHIFT));
        }
    }

    void addEverything() {
        everything = true;
    }

    void clear() {
        size = 0;
        everything = false;
    }
}
