// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import machine.core.memory.PhysicalMemory;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The pages of one pmap whose translations must go before an operation returns.
 *
 * <p>Beyond {@link #limit()} pages it stands for the whole address space.
 */
@ProviderType
public final class InvalidationBatch {
    /** The most pages that are invalidated one by one, unless a machine says less (FreeBSD's PMAP_INVLPG_THRESHOLD). */
    public static final int LIMIT = 4096;

    private final long[] addresses;
    private int size;
    private boolean everything;

    InvalidationBatch(int limit) {
        addresses = new long[limit];
    }

    /** The most pages of this one that are invalidated one by one. */
    public int limit() {
        return addresses.length;
    }

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
        if (size == addresses.length) {
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

    /** Takes over all of another. */
    void addAll(InvalidationBatch other) {
        everything |= other.everything;
        for (int i = 0; i < other.size && !everything; i++) {
            add(other.addresses[i]);
        }
    }

    /** Whether a translation of the page or superpage at {@code va} is among them. */
    public boolean covers(long va, int shift) {
        for (int i = 0; i < size; i++) {
            if (addresses[i] >>> shift == va >>> shift) {
                return true;
            }
        }
        return everything;
    }

    void clear() {
        size = 0;
        everything = false;
    }
}
