// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What a page belongs to: a memory object, seen from below.
 *
 * <p>The page layer and the machine only need to know that two pages have the same owner; everything else about
 * an object is in {@code kernel.vm.object}.
 */
@ProviderType
public interface PageOwner {
    /** A number that names this owner in listings; unique in one kernel and never used twice. */
    int id();

    /** How many pages it may have, if its frames may be chosen so that superpages become possible; 0 if not. */
    default long reservablePages() {
        return 0;
    }

    /** What is added to a page index to get the number of the virtual page that it is mapped at. */
    default long color() {
        return 0;
    }

    /** Its resident pages; only the page pool changes the list. */
    PageList pages();
}
