// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import machine.core.cost.CostTable;
import machine.core.memory.PhysicalMemory;

/**
 * The memory management unit of one CPU: a TLB in front of the machine's walker.
 *
 * <p>Knows nothing of a mapping but what the descriptors in memory say and the TLB remembers; whoever
 * changes a descriptor invalidates, on every CPU that may have it cached. A TLB hit that does not grant
 * the access, or a write to an entry whose dirty state is not known, walks again. Faults are not cached.
 */
public final class Mmu {

    /** What {@link #translate} returns for a fault. */
    public static final long FAULT = -1;

    /** Makes an MMU without walker; every translation is a fault until {@link #install}. */
    public Mmu(PhysicalMemory memory, CycleSink payer) {
    }

    /** Installs a machine's walker, TLB and costs; drops everything cached and the root. */
    public void install(Walker machineWalker, TlbGeometry geometry, CostTable costs) {
        throw new UnsupportedOperationException();
    }

    /**
     * Translates a user address; charges the CPU for a walk if there is one.
     *
     * @param va virtual address
     * @param access one of {@link Access}
     * @return physical address, or {@link #FAULT} with the details in {@link #fault()}
     */
    public long translate(long va, int access) {
        throw new UnsupportedOperationException();
    }

    /** The last fault. */
    public MmuFault fault() {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes an address space current.
     *
     * @param newRoot where its tables are, in the walker's own form
     * @param newAsid its address-space id, 0 to 65535; 0 if the machine has none
     */
    public void load(long newRoot, int newAsid) {
        throw new UnsupportedOperationException();
    }

    /** The root that is loaded. */
    public long root() {
        throw new UnsupportedOperationException();
    }

    /** The address-space id that is loaded. */
    public int asid() {
        throw new UnsupportedOperationException();
    }

    /** Drops what is cached for the page of {@code va} in one address space, and global entries for it. */
    public void invalidatePage(long va, int asid) {
        throw new UnsupportedOperationException();
    }

    /** Drops every entry of one address space that is not global. */
    public void invalidateAsid(int asid) {
        throw new UnsupportedOperationException();
    }

    /** Drops everything, global entries too. */
    public void invalidateAll() {
        throw new UnsupportedOperationException();
    }

    /** What the TLB did so far. */
    public TlbStats stats() {
        throw new UnsupportedOperationException();
    }
}
