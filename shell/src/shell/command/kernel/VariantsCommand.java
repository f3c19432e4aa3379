// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kernel.lwp.kernel.Kernel;
import machine.core.slot.VariantInfo;
import machine.core.slot.VariantSource;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.format.Rows;

/** {@code variants}: what could fill the slots, and which bundle it comes from. */
public final class VariantsCommand extends Command {
    private final Kernels kernels;

    record VariantRow(String slot, String variant, boolean active, boolean evicted, String bundle,
            String description) {
    }

    public VariantsCommand(Kernels kernels) {
        super("kernel", "variants", "lists the variants there are, with the bundles they come from");
        this.kernels = kernels;
        takes("[SLOT]", 0, 1, Candidates.SLOT);
        example("variants sched");
    }

    @Override
    public Object run(Invocation in) {
        VariantSource source = kernels.factory().variants();
        List<String> slots = source.slots();
        if (in.has(0) && !slots.contains(in.text(0))) {
            throw new IllegalArgumentException("there is no slot " + in.text(0) + " with variants; there are "
                    + String.join(", ", slots));
        }
        Kernel kernel = kernels.kernel();
        List<VariantRow> rows = new ArrayList<>();
        for (String slot : in.has(0) ? List.of(in.text(0)) : slots) {
            String active = kernel.ask(engine -> KernelRow.active(kernel, slot));
            for (VariantInfo info : source.variants(slot)) {
                rows.add(new VariantRow(slot, info.variant(), Objects.equals(active, info.variant()),
                        kernel.ask(engine -> kernel.evicted(slot, info.variant())), info.bundle(), info.description()));
            }
        }
        return new Rows<>(VariantRow.class, rows);
    }
}
