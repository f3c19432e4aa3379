// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.system;

import java.util.ArrayList;
import java.util.List;
import kernel.vm.map.VmLimits;
import kernel.vm.map.VmMapEntry;
import kernel.vm.map.VmSpace;
import kernel.vm.map.VmSpaces;
import kernel.vm.pmap.VmProt;

/**
 * A mapped range that a machine cannot address.
 *
 * @param space where it is mapped
 * @param start first address
 * @param end the address behind the last
 * @param protection what it grants
 */
public record OffendingRange(VmSpace space, long start, long end, int protection) {
    /** What is mapped outside of some limits, in all spaces. */
    static List<OffendingRange> of(VmSpaces spaces, VmLimits limits) {
        List<OffendingRange> offending = new ArrayList<>();
        for (VmSpace space = spaces.first(); space != null; space = space.next()) {
            for (VmMapEntry entry = space.map().first(); entry != null; entry = entry.next()) {
                if (entry.start() < limits.minAddress() || entry.end() > limits.maxAddress()) {
                    offending.add(new OffendingRange(space, entry.start(), entry.end(), entry.protection()));
                }
            }
        }
        return offending;
    }

    /** For example {@code 0x7fff0000-0x80001000 rw-}. */
    public String text() {
        return "0x" + Long.toHexString(start) + "-0x" + Long.toHexString(end) + " " + VmProt.text(protection);
    }
}
