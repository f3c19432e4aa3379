// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What one TLB did so far.
 *
 * @param hits translations found in the TLB
 * @param walks table walks, including those that ended in a fault
 * @param faults walks that ended in a fault
 * @param pageInvalidations single-page invalidations
 * @param flushes invalidations of an address space or of everything
 * @param valid entries valid now
 */
@ProviderType
public record TlbStats(long hits, long walks, long faults, long pageInvalidations, long flushes, int valid) {
}
