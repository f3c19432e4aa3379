// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pmap;

import java.util.List;
import kernel.vm.page.VmPage;
import machine.core.engine.Cpu;
import machine.core.memory.PhysicalMemory;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The translations of one address space, as real descriptors in simulated memory.
 *
 * <p>A pmap is a cache of what maps and objects say. It may drop an unwired mapping, or its write permission, at
 * any time: a fault brings it back. It must never grant more than it was last told, never lose a wired mapping
 * (until {@link #changeWiring}, {@link #remove}, {@link #release} or a per-page removal), and never lose a
 * modified bit: any descriptor that goes away or becomes read-only folds its modified bit into
 * {@link VmPage#markDirty()} and its referenced bit into {@link VmPage#markReferenced()} first.
 *
 * <p>Addresses are user addresses; ranges are page-aligned, end exclusive, and compared unsigned. Calls come on the
 * engine thread only and neither block nor interleave. When one that removes or lowers access returns, no CPU can
 * use the stale translation (the pmap does the shootdowns and charges for them), unless {@link #defer} was called.
 *
 * <p>Models {@code sys/vm/pmap.h} of FreeBSD, early 2006 (i386 {@code pmap.c} 1.544); the reference counting of
 * the original is not needed because an address space owns its pmap.
 */
@ConsumerType
public interface Pmap {
    /** Flag of {@link #enter}: the mapping must stay until it is unwired. */
    int WIRED = 0x200;

    /** The module that made this pmap. */
    PmapModule module();

    /**
     * Installs a mapping; on success it exists when the call returns.
     *
     * <p>Called by the fault code with the map locked (read or write) and the page busy. A mapping of another page
     * at {@code va} is replaced: its bits are folded, its list entry dropped, its stale translation invalidated
     * before the new one is visible. The same page: protection and wiring are updated, bits kept.
     * The access type in {@code flags} seeds the bits: any access sets referenced, WRITE sets modified.
     * With WRITE in {@code prot} the page has {@link VmPage#writeable()} already set by the caller.
     * A machine without a modified bit enters a writable mapping read-only unless the access is WRITE, and grants
     * the rest in {@link #softFault}.
     *
     * @param prot what user mode may do, {@link VmProt} bits; NONE is legal for a wired mapping
     * @param flags the access type that caused it ({@link VmProt} bits, may be 0) and {@link #WIRED}
     * @return {@link KernResult#SUCCESS}, or {@link KernResult#RESOURCE_SHORTAGE} if there was no memory for a
     *     table or list entry (nothing changed)
     */
    int enter(long va, VmPage page, int prot, int flags);

    /**
     * Installs a read-only, unwired, unreferenced mapping if nothing is mapped at {@code va}.
     *
     * <p>An optimisation: may do nothing. {@code prot} has READ or EXEC; WRITE in it is ignored.
     */
    void enterQuick(long va, VmPage page, int prot);

    /** Whether {@link #enterQuick} at this address could help: nothing is mapped and its leaf table exists. */
    boolean isPrefaultable(long va);

    /** Drops every mapping of a range, wired ones included; empty tables are freed. */
    void remove(long start, long end);

    /**
     * Lowers the protection of a range; never raises it.
     *
     * <p>Without READ and EXEC it is {@link #remove}; with WRITE and EXEC it does nothing; otherwise it takes
     * write access (folding modified bits), and execution where the machine can refuse it.
     */
    void protect(long start, long end, int prot);

    /** The physical address that {@code va} is mapped to, byte offset included, or -1. */
    long extract(long va);

    /**
     * Marks an existing mapping as wired or not; no TLB work.
     *
     * <p>Does nothing when {@code va} is not mapped.
     */
    void changeWiring(long va, boolean wired);

    /**
     * Marks every existing mapping of a range as not wired; no TLB work ({@code pmap_unwire}).
     *
     * <p>The same as {@link #changeWiring} for each page, but does not break up what the range has as a whole.
     */
    default void unwire(long start, long end) {
        for (long va = start; va < end; va += PhysicalMemory.PAGE_SIZE) {
            changeWiring(va, false);
        }
    }

    /**
     * Copies managed mappings of a range into an empty pmap of the same module after a fork; may do nothing.
     *
     * <p>The copies have neither write permission, nor the wired mark, nor referenced and modified bits. Stops at
     * the first shortage of memory.
     */
    void copyTo(Pmap destination, long start, long end);

    /** Makes this the address space of a CPU: called at a switch from elsewhere to one of its tasks, on that CPU. */
    void activate(Cpu cpu);

    /**
     * The CPU goes on without user code, idle or in a kernel task, but keeps this space ({@code pmap_deactivate} of
     * NetBSD, whose x86 calls that state lazy). {@link #activate} ends it.
     *
     * <p>The pmap may let such a CPU miss what changes, as long as it finds out at the next {@link #activate}.
     */
    default void rest(Cpu cpu) {}

    /**
     * Lets the invalidations of {@link #remove} and {@link #protect} wait until {@link #update}, which follows with the map
     * still locked, before any page or object of the ranges is given back, and before anybody sleeps.
     *
     * <p>A machine that invalidates at once does nothing here. All other calls still invalidate at once.
     */
    default void defer() {}

    /** Ends {@link #defer}: all that waits is invalidated when the call returns ({@code pmap_update}). */
    default void update() {}

    /**
     * Ends {@link #activate}: the CPU goes to another address space, or nobody of this one runs on it any more.
     *
     * <p>A CPU that stays inactive afterwards may keep the root loaded lazily, but must not use a translation of
     * it once {@link #release} was called.
     */
    void deactivate(Cpu cpu);

    /** How many pages are mapped. */
    int residentCount();

    /** How many of them are wired. */
    int wiredCount();

    /** Drops every unwired mapping, fast; the space is about to be torn down ({@code pmap_remove_pages}). */
    void removePages();

    /** Ends the pmap: {@link #residentCount()} is 0 and no task uses it. Frees its tables. */
    void release();

    /**
     * Sets referenced or modified in software if that is all that stopped an access.
     *
     * <p>Called first at every user fault, before the memory layer's own fault code and without locks. True: the
     * descriptor now allows the access (or already did, and a stale TLB entry was dropped), so retry it. False: a
     * real fault. A machine with both bits in hardware returns false (or handles only stale entries). The caller
     * charges {@code SOFT_FAULT}; the pmap counts the fault in {@link PmapStats}.
     *
     * @param access {@link VmProt} bit of the access
     */
    boolean softFault(long va, int access);

    /**
     * The residency byte of a page as mincore reports it, from the descriptor and the page.
     *
     * @return 0 when nothing is mapped; else {@code INCORE} 1, with {@code REFERENCED} 2 and {@code MODIFIED} 4 for
     *     this mapping's own bits, {@code REFERENCED_OTHER} 8 and {@code MODIFIED_OTHER} 0x10 also when only the
     *     page or other mappings have them
     */
    int mincore(long va);

    /** Whether a superpage maps an address. */
    default boolean superpage(long va) {
        return false;
    }

    /** Visits every mapping in order of address. For harvesting, listings and checks, at a safe point. */
    void forEachMapping(MappingVisitor visitor);

    /** Visits every table, the root first. */
    void forEachTable(TableVisitor visitor);

    /** The walk of one address level by level, ending with the leaf or with the entry that stops it. */
    List<WalkStep> describe(long va);
}
