// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.system;

import kernel.vm.map.VmSpace;
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
    /** For example {@code 0x7fff0000-0x80001000 rw-}. */
    public String text() {
        return "0x" + Long.toHexString(start) + "-0x" + Long.toHexString(end) + " " + VmProt.text(protection);
    }
}
