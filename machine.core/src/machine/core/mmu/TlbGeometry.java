// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The shape of a TLB.
 *
 * @param pageEntries entries for pages of 4 KiB, a power of two times {@code pageWays}
 * @param pageWays associativity of those
 * @param largeEntries entries for larger pages, fully associative; may be 0, then large pages are
 *     split into 4 KiB entries only
 * @param tagged whether entries carry the address-space id; if not, loading a root drops every entry
 *     that is not global
 */
@ProviderType
public record TlbGeometry(int pageEntries, int pageWays, int largeEntries, boolean tagged) {

    /** Checks the shape. */
    public TlbGeometry {
        if (pageWays < 1 || pageEntries < pageWays || pageEntries % pageWays != 0
                || Integer.bitCount(pageEntries / pageWays) != 1) {
            throw new IllegalArgumentException("a TLB of " + pageEntries + " entries and " + pageWays
                    + " ways does not have a power of two of sets");
        }
        if (largeEntries < 0) {
            throw new IllegalArgumentException("a TLB cannot have " + largeEntries + " large entries");
        }
    }
}
