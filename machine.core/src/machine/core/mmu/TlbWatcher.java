// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told what one MMU may have cached, whether or not its TLB has room for it.
 *
 * <p>For checks that look for missing invalidations: what was cached and not dropped since might be used, as on a
 * processor with an endless TLB. Called on the engine thread, during a walk or an invalidation; it must not use the MMU.
 */
@ConsumerType
public interface TlbWatcher {

    /** A walk of the loaded space found a translation of {@code va}; what was cached for the page before is gone. */
    void cached(long va, int asid, Translation found);

    /** Whatever covers {@code va} in one address space is gone; also when a walk of it faulted. */
    void droppedPage(long va, int asid);

    /** Every entry of one address space is gone. */
    void droppedSpace(int asid);

    /** Everything is gone. */
    void droppedAll();

    /** An address space was made current; without tags, the entries of all spaces were dropped before. */
    void loaded(int asid);
}
