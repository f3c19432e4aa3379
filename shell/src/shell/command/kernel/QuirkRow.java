// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.kernel.KernelQuirks;
import kernel.sched.quirk.NamedQuirk;
import kernel.sched.quirk.QuirkSwitches;
import shell.command.format.Rows;

/** A switchable behaviour, whether it is on, and which variants of its slot have it. */
record QuirkRow(String id, String quirk, String slot, boolean on, String variants, String description) {
    /** The quirks of one slot, or of all if it is null. */
    static Rows<QuirkRow> of(KernelQuirks quirks, String slot) {
        List<QuirkRow> rows = new ArrayList<>();
        for (QuirkSwitches<?> switches : quirks.slots()) {
            if (slot == null || slot.equals(switches.slot())) {
                add(switches, rows);
            }
        }
        return new Rows<>(QuirkRow.class, rows);
    }

    private static <Q extends Enum<Q> & NamedQuirk> void add(QuirkSwitches<Q> switches, List<QuirkRow> rows) {
        for (Q quirk : switches.quirks()) {
            rows.add(new QuirkRow(quirk.id(), quirk.name(), switches.slot(), switches.on(quirk),
                    String.join(" ", quirk.variants()), quirk.description()));
        }
    }
}
