// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import java.util.ArrayList;
import java.util.List;
import kernel.vm.pmap.Pmap;
import machine.core.memory.PhysicalMemory;
import shell.command.format.Rows;

/** A page or a superpage that a pmap maps, with what its descriptor says. */
record MappingRow(long pageAddress, long frameAddress, long sizeBytes, String prot, boolean wired, boolean referenced,
        boolean modified) {
    static Rows<MappingRow> of(Pmap pmap) {
        List<MappingRow> rows = new ArrayList<>();
        long superpageBytes = (long) PhysicalMemory.PAGE_SIZE << pmap.module().superpageOrder();
        pmap.forEachMapping((va, page, prot, wired, referenced, modified) -> {
            long size = pmap.superpage(va) ? superpageBytes : PhysicalMemory.PAGE_SIZE;
            if (va % size == 0) {
                rows.add(new MappingRow(va, page.physicalAddress(), size, Protection.text(prot), wired, referenced,
                        modified));
            }
        });
        return new Rows<>(MappingRow.class, rows);
    }
}
