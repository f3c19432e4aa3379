// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import kernel.vm.pmap.MappingVisitor;

/** Shows leaves to a {@link MappingVisitor}. */
record MappingReport(RadixPmapModule module, MappingVisitor visitor) implements LeafVisitor {
    @Override
    public void leaf(RadixPmap pmap, long va, long table, long slot, long entry) {
        EntryFormat format = module.format();
        visitor.mapping(va, module.page(format.frame(entry)), format.prot(entry), format.wired(entry),
                format.referenced(entry), format.modified(entry));
    }
}
