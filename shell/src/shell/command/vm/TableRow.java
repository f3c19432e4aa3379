// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import java.util.ArrayList;
import java.util.List;
import kernel.vm.pmap.Pmap;
import shell.command.format.Rows;

/** A page table of a pmap; level 0 is the root. */
record TableRow(int level, long tableAddress, long sizeBytes, long fromAddress, int entries) {
    static Rows<TableRow> of(Pmap pmap) {
        List<TableRow> rows = new ArrayList<>();
        pmap.forEachTable((level, physical, size, from, live) ->
                rows.add(new TableRow(level, physical, size, from, live)));
        return new Rows<>(TableRow.class, rows);
    }
}
