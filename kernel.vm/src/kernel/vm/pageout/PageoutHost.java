// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

import kernel.vm.page.PageThresholds;
import kernel.vm.page.VmPage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a pageout policy may ask and do; only for pages in its custody, and only inside its callbacks.
 *
 * <p>Nothing here blocks. What an action does to a page it does before it returns, calling
 * {@link PageoutPolicy#removed} where the page leaves the custody: take the next page of a queue before you act on one.
 */
@ProviderType
public interface PageoutHost {
    /** When memory counts as short, in pages. */
    PageThresholds thresholds();

    /** How many pages are still to be made available: {@code vm_paging_target}, 0 or less when there are enough. */
    int shortage();

    /** Whether nobody may touch the page now: it is being read or written, or held. */
    boolean untouchable(VmPage page);

    /** Whether the object of the page is used by anybody. */
    boolean inUse(VmPage page);

    /**
     * Counts and clears the referenced bits of the mappings of a page ({@code pmap_ts_referenced}).
     *
     * <p>Bits of mappings that are gone are in {@link VmPage#referenced()}.
     */
    int takeReferences(VmPage page);

    /** Whether the page was modified, by its own mask or any mapping. */
    boolean modified(VmPage page);

    /**
     * Unmaps a page and gives its frame up: at once if nothing in it is valid, otherwise when somebody needs it.
     *
     * @return false if it turned out to be modified or untouchable, or its contents have no other place; it stays then
     */
    boolean reclaim(VmPage page);

    /**
     * Starts to write a modified page to its store, with idle modified neighbours.
     *
     * <p>The pages stay in custody; they are clean when a later scan finds them.
     *
     * @return how many pages are on their way; 0 if the disk has enough to do, the store is full, or there is none
     */
    int launder(VmPage page);

    /** Whether {@link #launder} could start a write now, as far as the disk is concerned. */
    boolean mayLaunder();
}
