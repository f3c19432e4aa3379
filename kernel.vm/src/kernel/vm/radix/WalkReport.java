// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import java.util.ArrayList;
import java.util.List;
import kernel.vm.pmap.WalkStep;

/** The software walk of one address, for people. */
final class WalkReport {
    private WalkReport() {}

    static List<WalkStep> of(RadixTables tables, EntryFormat format, long va) {
        RadixGeometry geometry = format.geometry();
        List<WalkStep> steps = new ArrayList<>(geometry.levels());
        long table = tables.root();
        for (int level = 0; level < geometry.levels(); level++) {
            long entry = tables.read(tables.slotAt(table, va, level));
            steps.add(new WalkStep(geometry.levelName(level), table, geometry.index(va, level), entry,
                    geometry.entryBytes(), format.decode(entry, level)));
            if (!format.isTable(entry, level)) {
                break;
            }
            table = format.tableAddress(entry);
        }
        return List.copyOf(steps);
    }
}
