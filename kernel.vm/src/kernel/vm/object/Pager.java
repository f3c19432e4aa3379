// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import kernel.vm.page.VmPage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Moves pages of an object to and from what stands behind it.
 *
 * <p>Called on the engine thread with the object locked; neither blocks nor interleaves (the time of the I/O is
 * charged to the current CPU). Models {@code struct pagerops} of FreeBSD {@code sys/vm/vm_pager.h}, early 2006.
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
     * Fills a page that is busy and not valid.
     *
     * @return {@link #OK} with the whole page valid (zeros behind the end of the store), or {@link #FAIL},
     *     {@link #BAD}, {@link #ERROR} with the page untouched
     */
    int pageIn(VmObject object, VmPage page);

    /**
     * Writes a page; its mappings are read-only and its dirty mask is already cleared by the caller.
     *
     * @return {@link #OK}, {@link #BAD} for a page that has no place in the store (its contents are dropped), or
     *     {@link #ERROR} (the caller marks it dirty again)
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
