// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import org.osgi.annotation.versioning.ConsumerType;

/** Sees what a TLB holds. */
@ConsumerType
@FunctionalInterface
public interface TlbVisitor {

    /** The address-space id of an entry that is valid in every address space. */
    int GLOBAL = -1;

    /**
     * One cached translation.
     *
     * @param va virtual address of its first byte
     * @param asid its address-space id, or {@link #GLOBAL}
     * @param frame physical address of its first byte
     * @param pageShift log2 of its size; 12 also for a fragment of a large page
     * @param rights {@link Access} bits granted to user code
     * @param dirtyKnown whether a write through it needs no walk
     */
    void entry(long va, int asid, long frame, int pageShift, int rights, boolean dirtyKnown);
}
