// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import java.util.ArrayList;
import java.util.List;
import kernel.vm.pmap.Pmap;
import shell.command.format.Rows;

/** A page that a pmap maps, with what its descriptor says. */
record MappingRow(long pageAddress, long frameAddress, String prot, boolean wired, boolean referenced,
        boolean modified) {
    static Rows<MappingRow> of(Pmap pmap) {
        List<MappingRow> rows = new ArrayList<>();
        pmap.forEachMapping((va, page, prot, wired, referenced, modified) -> rows.add(
                new MappingRow(va, page.physicalAddress(), Protection.text(prot), wired, referenced, modified)));
        return new Rows<>(MappingRow.class, rows);
    }
}
