// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import machine.core.memory.PhysicalMemory;

/** Sees the present leaves of a range. */
interface LeafVisitor {
    /**
     * One leaf; the visitor may rewrite or clear it.
     *
     * @param table the leaf table it is in; {@link TableStore#NONE} in a superpage
     * @param slot physical address of the descriptor
     */
    void leaf(RadixPmap pmap, long va, long table, long slot, long entry);

    /**
     * A superpage; a visitor that changes nothing sees its pages as leaves.
     *
     * @param va its first address
     * @param slot physical address of the descriptor
     * @param leaf the leaf of its first page
     * @param whole whether the range has all of it
     * @return whether it is dealt with; otherwise it is demoted, and the leaves of the range are shown
     */
    default boolean superpage(RadixPmap pmap, long va, long slot, long leaf, boolean whole) {
        EntryFormat format = pmap.module().format();
        for (int i = 0; i < pmap.module().superpages().pages(); i++) {
            long at = va + ((long) i << PhysicalMemory.PAGE_SHIFT);
            leaf(pmap, at, TableStore.NONE, slot, format.advance(leaf, i));
        }
        return true;
    }
}
