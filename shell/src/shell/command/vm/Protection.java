// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import kernel.vm.pmap.VmProt;

/** Protections as {@code ls} writes permissions. */
final class Protection {
    private Protection() {
    }

    static String text(int protection) {
        return letter(protection, VmProt.READ, "r") + letter(protection, VmProt.WRITE, "w")
                + letter(protection, VmProt.EXEC, "x");
    }

    private static String letter(int protection, int bit, String letter) {
        return (protection & bit) != 0 ? letter : "-";
    }
}
