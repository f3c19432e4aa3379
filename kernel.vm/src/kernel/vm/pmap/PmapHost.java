// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pmap;

import kernel.vm.page.VmPage;
import machine.core.cost.CostTable;
import machine.core.engine.Engine;
import machine.core.memory.PhysicalMemory;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a machine's pmap module gets from the kernel it is made for.
 *
 * <p>Every call is made on the engine thread, with or without a current CPU (a machine swap runs at a safe point,
 * where {@link Engine#current()} is null: charge nothing then, and invalidate every CPU's TLB directly). None of
 * them blocks or interleaves.
 */
@ProviderType
public interface PmapHost {
    /** The engine: CPUs (their MMUs, clocks and interrupts) for activation and shootdowns. */
    Engine engine();

    /** Simulated physical memory, where the tables live. */
    PhysicalMemory memory();

    /** What each step costs on this machine. */
    CostTable costs();

    /**
     * Takes page frames for page tables: contiguous, zeroed, and aligned to their own size.
     *
     * <p>They are counted as wired kernel pages and are unmanaged. The module owns them until it gives them back
     * with {@link #freeTable}; after {@link PmapModule#close()} it must hold none.
     *
     * @param pages how many frames: 1, 2 or 4
     * @return the physical address, or -1 when memory is short; the caller then reports
     *     {@link KernResult#RESOURCE_SHORTAGE} (or skips, in an optional operation) and leaves everything as it was
     */
    long allocateTable(int pages);

    /** Gives back what {@link #allocateTable} returned, with the same page count. No walker may reach it any more. */
    void freeTable(long physicalAddress, int pages);

    /** The page of a physical address; for an address outside of memory this breaks a kernel rule. */
    VmPage page(long physicalAddress);
}
