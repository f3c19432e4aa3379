// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pmap;

import org.osgi.annotation.versioning.ConsumerType;

/** Sees every page table of a pmap, the root first. */
@ConsumerType
@FunctionalInterface
public interface TableVisitor {
    /**
     * One table.
     *
     * @param level 0 for the root, counting towards the leaves
     * @param physicalAddress where the table starts
     * @param sizeBytes its size
     * @param firstVa the lowest user address it translates
     * @param liveEntries how many of its entries are not empty
     */
    void table(int level, long physicalAddress, int sizeBytes, long firstVa, int liveEntries);
}
