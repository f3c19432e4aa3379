// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import java.util.Arrays;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmProfile;
import shell.command.format.Rows;

/** A switchable behaviour of the memory layer, and whether it is on. */
record QuirkRow(String id, String quirk, boolean on, String description) {
    static Rows<QuirkRow> of(VmProfile profile) {
        return new Rows<>(QuirkRow.class, Arrays.stream(Quirk.values()).map(quirk -> of(profile, quirk)).toList());
    }

    private static QuirkRow of(VmProfile profile, Quirk quirk) {
        return new QuirkRow(quirk.id(), quirk.name(), profile.has(quirk), quirk.description());
    }
}
