// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes an MMU leave invalidations out, to see that a checker of stale translations notices each; for tests of checkers.
 *
 * <p>Called on the engine thread; must not touch the MMU but for {@link Mmu#forEachEntry}.
 */
@ConsumerType
@FunctionalInterface
public interface InvalidationLoss {
    /** In place of an address: every page. */
    long EVERY_PAGE = -1;

    /** In place of an address-space id: every one. */
    int EVERY_SPACE = -1;

    /**
     * Whether an invalidation that is about to be done is left out.
     *
     * @param va an address of the page, or {@link #EVERY_PAGE}
     * @param space the address-space id, or {@link #EVERY_SPACE}
     */
    boolean loses(long va, int space);
}
