// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

/** Sees the present leaves of a range. */
interface LeafVisitor {
    /**
     * One leaf; the visitor may rewrite or clear it.
     *
     * @param table the leaf table it is in
     * @param slot physical address of the descriptor
     */
    void leaf(RadixPmap pmap, long va, long table, long slot, long entry);
}
