// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.kernel.Kernel;
import machine.core.slot.Slot;
import machine.core.slot.VariantInfo;
import shell.command.format.Rows;

/**
 * A slot of the current kernel.
 *
 * @param fallback the variant that takes over when the active one goes away
 */
record SlotRow(String slot, String active, String fallback, List<String> variants) {
    static Rows<SlotRow> of(Kernel kernel) {
        return kernel.ask(engine -> {
            List<SlotRow> rows = new ArrayList<>();
            for (Slot slot : kernel.slots().slots()) {
                rows.add(of(kernel, slot));
            }
            return new Rows<>(SlotRow.class, rows);
        });
    }

    private static SlotRow of(Kernel kernel, Slot slot) {
        List<String> variants = kernel.variants().variants(slot.name()).stream().map(VariantInfo::variant).toList();
        return new SlotRow(slot.name(), slot.active(), fallback(kernel, slot, variants), variants);
    }

    private static String fallback(Kernel kernel, Slot slot, List<String> variants) {
        List<String> others = variants.stream()
                .filter(v -> !v.equals(slot.active()) && !kernel.evicted(slot.name(), v)).toList();
        String previous = kernel.choices().previous(slot.name());
        return others.stream().filter(v -> v.equals(previous)).findFirst().or(() -> others.stream().findFirst()).orElse(null);
    }
}
