// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import kernel.vm.pmap.TableVisitor;

/** Shows the tables of one address space to a visitor. */
record TableListing(RadixTables tables, EntryFormat format, TableStore store, TableVisitor visitor) {
    /** Shows a table and all below it. */
    void visit(long table, int level, long firstVa) {
        RadixGeometry geometry = format.geometry();
        visitor.table(level, table, geometry.tableBytes(level), firstVa, store.live(table));
        if (level == geometry.leafLevel()) {
            return;
        }
        for (int index = 0; index < geometry.entries(level); index++) {
            long entry = tables.read(table + (long) index * geometry.entryBytes());
            long below = firstVa + ((long) index << geometry.shift(level));
            if (format.isTable(entry, level)) {
                visit(format.tableAddress(entry), level + 1, below);
            } else if (entry != 0 && tables.spares().containsKey(below)) {
                visit(tables.spares().get(below), level + 1, below);
            }
        }
    }
}
