// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import kernel.vm.page.VmPage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Moves pages of an object to and from what stands behind it.
 *
 * <p>Called on the engine thread; neither blocks nor interleaves. The pager only moves bytes: the memory layer lets the
 * time of the disk pass and the LWPs sleep. Models {@code struct pagerops} of FreeBSD {@code sys/vm/vm_pager.h}, early 2006.
 */
@ConsumerType
public interface Pager {
    /** The page was read or written. */
    int OK = 0;
    /** The page must be there and is not: beyond the end of the file, or the store is gone. */
    int BAD = 1;
    /** The store has nothing for this page; zeros or a lower object provide it. */
    int FAIL = 2;
    /** The store reported an error. */
    int ERROR = 4;

    /**
     * Whether the store has a page, without looking at its contents.
     *
     * @return {@link #OK} if {@link #pageIn} will find it, {@link #FAIL} or {@link #BAD} if not
     */
    default int hasPage(VmObject object, long index) {
        return OK;
    }

    /** Whether the pages {@code index} and {@code index + 1}, which the store has, can be read in one go. */
    default boolean contiguous(VmObject object, long index) {
        return true;
    }

    /** Whether transfers go over the disk and so take time; otherwise they happen at once. */
    default boolean usesDisk() {
        return true;
    }

    /** Whether the pager has pages of its own; then {@link #supply} is called, and never {@link #pageIn}. */
    default boolean suppliesPages() {
        return false;
    }

    /**
     * The page at an index, unmanaged and valid, made if there is none; only if {@link #suppliesPages}.
     *
     * @return null if there cannot be one: the fault fails
     */
    default VmPage supply(VmObject object, long index) {
        return null;
    }

    /**
     * Fills a page that is busy and not valid; called when the disk is done.
     *
     * @return {@link #OK} with the whole page valid (zeros behind the end of the store), or {@link #FAIL},
     *     {@link #BAD}, {@link #ERROR} with the page untouched
     */
    int pageIn(VmObject object, VmPage page);

    /**
     * Takes the contents of a page, before the disk starts; its mappings are read-only and its dirty mask is already
     * cleared by the caller.
     *
     * @return {@link #OK}, {@link #BAD} for a page that has no place in the store (its contents are dropped),
     *     {@link #FAIL} if the store is full, or {@link #ERROR} (after both the caller marks it dirty again)
     */
    int pageOut(VmObject object, VmPage page);

    /** Whether {@link #pageOut} keeps contents, so that a clean page may be reclaimed and read again. */
    boolean canReclaim();

    /** The first map entry (or shadow) uses the object. */
    void mapped(VmObject object);

    /** The last reference to the object is gone; the pager decides whether its pages stay. */
    void unmapped(VmObject object);

    /** The name that listings show for the object, such as a path; null for none. */
    String name();
}
