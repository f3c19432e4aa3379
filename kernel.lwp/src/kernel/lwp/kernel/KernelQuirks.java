// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.util.List;
import kernel.sched.quirk.NamedQuirk;
import kernel.sched.quirk.QuirkSwitches;
import org.osgi.annotation.versioning.ProviderType;

/** The quirks of all slots of one kernel. Engine thread only. */
@ProviderType
public final class KernelQuirks {
    private final List<QuirkSwitches<?>> slots;

    KernelQuirks(List<QuirkSwitches<?>> slots) {
        this.slots = slots;
    }

    /** The switches, slot by slot. */
    public List<QuirkSwitches<?>> slots() {
        return slots;
    }

    /** Whether there is a quirk of that id or name. */
    public boolean knows(String word) {
        return slots.stream().flatMap(slot -> slot.quirks().stream())
                .anyMatch(quirk -> names(word, (NamedQuirk) quirk));
    }

    private static boolean names(String word, NamedQuirk quirk) {
        return word.equals(QuirkChoice.ALL) || word.equalsIgnoreCase(quirk.id()) || word.equalsIgnoreCase(quirk.name());
    }

    /**
     * Switches one quirk, or all of them; holds until it is chosen otherwise, whatever fills the slots.
     *
     * @throws IllegalArgumentException if there is no such quirk; nothing has changed then
     */
    public void choose(QuirkChoice choice) {
        if (!knows(choice.quirk())) {
            throw new IllegalArgumentException("there is no quirk " + choice.quirk() + "; quirks lists them");
        }
        for (QuirkSwitches<?> slot : slots) {
            choose(slot, choice);
        }
    }

    private static <Q extends Enum<Q> & NamedQuirk> void choose(QuirkSwitches<Q> slot, QuirkChoice choice) {
        for (Q quirk : slot.quirks()) {
            if (names(choice.quirk(), quirk)) {
                slot.choose(quirk, choice.on());
            }
        }
    }
}
