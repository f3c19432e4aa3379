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

    /** Its resident pages; only the page pool changes the list. */
    PageList pages();
}
