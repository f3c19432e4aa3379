// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pmap;

import java.util.List;
import kernel.vm.page.VmPage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The page-table code of one machine in one kernel: makes pmaps and works on all mappings of a page.
 *
 * <p>A machine bundle implements it; the memory layer calls it, on the engine thread only. A module never blocks
 * and never interleaves: each call is atomic in the simulated order and charges its cost to the current CPU (if
 * there is one). It keeps the list of mappings of each managed page, anchored in {@link VmPage#pvHead()} and
 * counted in {@link VmPage#pvCount()}; the list is complete, so that {@link #removeAll} finds every mapping.
 * When a call that removes or lowers access returns, no CPU can use the stale translation. A page that is
 * {@link VmPage#unmanaged()} has no list: the per-page calls are not made for it, apart from zeroing and copying.
 *
 * <p>The per-page calls model {@code pmap_remove_all}, {@code pmap_page_protect}, {@code pmap_is_modified},
 * {@code pmap_clear_modify}, {@code pmap_ts_referenced}, {@code pmap_clear_reference}, {@code pmap_zero_page} and
 * {@code pmap_copy_page} of FreeBSD {@code sys/vm/pmap.h}, early 2006.
 */
@ConsumerType
public interface PmapModule {
    /** What this machine's descriptors can express. */
    PmapCapabilities capabilities();

    /** Makes an empty pmap ({@code pmap_pinit}); null when there is no memory for its root table. */
    Pmap create();

    /**
     * Drops every mapping of a page in every pmap, wired ones included.
     *
     * <p>Folds modified and referenced bits into the page first and clears {@link VmPage#writeable()}.
     */
    void removeAll(VmPage page);

    /**
     * Lowers every mapping of a page.
     *
     * <p>With WRITE in {@code prot} it does nothing; with READ or EXEC it takes write access from all mappings
     * (folding modified bits first) and clears {@link VmPage#writeable()}; with neither it is {@link #removeAll}.
     */
    void pageProtect(VmPage page, int prot);

    /** Whether any mapping's modified bit is set; bits already folded into the page are not looked at. */
    boolean isModified(VmPage page);

    /**
     * Clears the modified bit of every mapping, without folding.
     *
     * <p>After it returns, a write through any mapping sets a modified bit again (so stale dirty TLB entries go).
     */
    void clearModify(VmPage page);

    /**
     * Counts and clears referenced bits of the mappings of a page.
     *
     * @return how many were found set, at most 5; nonzero if any was set. Rotates the list so that a later call
     *     looks at the rest.
     */
    int tsReferenced(VmPage page);

    /** Whether any mapping's referenced bit is set; clears nothing. */
    boolean isReferenced(VmPage page);

    /** Clears every referenced bit of a page. */
    void clearReference(VmPage page);

    /** Fills a page with zeros and charges for it. */
    void zeroPage(VmPage page);

    /** Copies a page's contents and charges for it. */
    void copyPage(VmPage source, VmPage destination);

    /**
     * A better address for a mapping the user left to us ({@code pmap_addr_hint}).
     *
     * @param va page-aligned wish
     * @return {@code va}, or a higher page-aligned address
     */
    long addressHint(long va, long sizeBytes);

    /** Counters; for the shell, at a safe point. */
    PmapStats stats();

    /**
     * Binary logarithm of the base pages in a superpage, or 0 if this machine's pmap makes none.
     *
     * <p>The memory layer then tries to give aligned parts of anonymous memory frames that lie in one aligned block.
     */
    default int superpageOrder() {
        return 0;
    }

    /** Counters of superpages; for the shell, at a safe point. */
    default SuperpageStats superpageStats() {
        return SuperpageStats.none();
    }

    /**
     * Checks what the module keeps beside its descriptors, and that no TLB holds more than they grant.
     *
     * <p>Called at a safe point, in tests and in checked runs.
     *
     * @param broken gets a text for each rule that is broken
     */
    default void check(List<String> broken) {}

    /**
     * Begins or ends to look for missing invalidations after every operation; a broken rule is a kernel panic.
     *
     * <p>Called at a safe point. What the kernel does, and how long it takes in virtual time, stays the same.
     */
    default void watchTlbs(boolean on) {}

    /**
     * Ends the module: all pmaps were released before.
     *
     * <p>It holds no table page and no pv entry afterwards and is never called again.
     */
    void close();
}
