// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import java.util.ArrayList;
import java.util.List;
import kernel.vm.map.EntryFlags;
import kernel.vm.map.VmInherit;
import kernel.vm.map.VmMapEntry;
import kernel.vm.map.VmSpace;
import kernel.vm.object.VmObject;
import shell.command.format.Rows;

/**
 * A map entry, as {@code vmmap} lists it.
 *
 * @param prot what the process may do, as {@code rwx}
 * @param max what it could get by mprotect
 * @param resident pages of its object that are in memory
 * @param chain objects behind the first one
 * @param backing what stands behind it: a file, or anonymous memory
 */
record MapRow(long startAddress, long endAddress, long sizeBytes, String prot, String max, String inherit, int wired,
        String object, long offsetBytes, int resident, int chain, String flags, String backing) {
    static Rows<MapRow> of(VmSpace space) {
        List<MapRow> rows = new ArrayList<>();
        for (VmMapEntry entry = space.map().first(); entry != null; entry = entry.next()) {
            rows.add(of(space, entry));
        }
        return new Rows<>(MapRow.class, rows);
    }

    private static MapRow of(VmSpace space, VmMapEntry entry) {
        VmObject object = entry.object();
        return new MapRow(entry.start(), entry.end(), entry.sizeBytes(), Protection.text(entry.protection()),
                Protection.text(entry.maxProtection()), VmInherit.name(entry.inheritance()), entry.wiredCount(),
                object == null ? "" : Integer.toString(object.id()), entry.offsetBytes(),
                space.map().residentPages(entry), object == null ? 0 : object.chainLength(),
                EntryFlags.text(entry.flags()), backing(object));
    }

    private static String backing(VmObject top) {
        for (VmObject object = top; object != null; object = object.backing()) {
            if (object.pager() != null && object.pager().name() != null) {
                return object.pager().name();
            }
        }
        return "anonymous";
    }
}
