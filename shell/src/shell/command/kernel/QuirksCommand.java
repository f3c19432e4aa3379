// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.QuirkChoice;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.deed.Deeds;
import shell.command.format.Rows;

/** {@code quirks}: which documented behaviours of the originals are on; switches them. */
public final class QuirksCommand extends Command {
    private final Kernels kernels;
    private final Deeds deeds;

    public QuirksCommand(Kernels kernels, Deeds deeds) {
        super("kernel", "quirks", "lists the quirks of the slots' variants, or switches one");
        this.kernels = kernels;
        this.deeds = deeds;
        takes("[SLOT | QUIRK on|off | all on|off]", 0, 2, Candidates.QUIRK, Candidates.SWITCH);
        example("quirks Q17 off");
        details("A quirk is named by its id or its name. Only the current kernel is changed; the choice holds whatever "
                + "fills the slot later. VARIANTS are those that have the quirk unless told otherwise.");
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        if (in.count() == 2) {
            if (!kernel.ask(engine -> kernel.quirks().knows(in.text(0)))) {
                throw new IllegalArgumentException("there is no quirk " + in.text(0)
                        + "; quirks without arguments lists them");
            }
            deeds.quirk(new QuirkChoice(in.text(0), on(in.text(1)))).perform(kernel);
        }
        String slot = in.count() == 1 ? in.text(0) : null;
        Rows<QuirkRow> rows = kernel.ask(engine -> QuirkRow.of(kernel.quirks(), slot));
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("slot " + slot + " has no quirks; to switch a quirk write quirks " + slot
                    + " on, or off");
        }
        return rows;
    }

    private static boolean on(String word) {
        return switch (word) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("a quirk is on or off, not " + word);
        };
    }
}
