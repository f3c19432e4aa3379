// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import kernel.lwp.kernel.Kernel;
import kernel.vm.object.Quirk;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.deed.Deeds;
import shell.command.kernel.Kernels;

/** {@code quirks}: what of the 2006 behaviour is on; switches one quirk. */
public final class QuirksCommand extends Command {
    private final Kernels kernels;
    private final Deeds deeds;

    public QuirksCommand(Kernels kernels, Deeds deeds) {
        super("vm", "quirks", "lists the quirks of the memory layer, or switches one");
        this.kernels = kernels;
        this.deeds = deeds;
        takes("[QUIRK on|off]", 0, 2, Candidates.NONE, Candidates.SWITCH);
        example("quirks Q17 off");
        details("Only the current kernel is changed, until its slot vm is filled again.");
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        if (in.count() == 1) {
            throw new IllegalArgumentException("write quirks " + in.text(0) + " on, or off");
        }
        if (in.count() == 2) {
            deeds.quirk(quirk(in.text(0)), on(in.text(1))).perform(kernel);
        }
        return kernel.ask(engine -> QuirkRow.of(kernel.vm().context().profile()));
    }

    /** The quirk of an id or a name. */
    public static Quirk quirk(String word) {
        for (Quirk quirk : Quirk.values()) {
            if (quirk.id().equalsIgnoreCase(word) || quirk.name().equalsIgnoreCase(word)) {
                return quirk;
            }
        }
        throw new IllegalArgumentException("there is no quirk " + word + "; quirks without arguments lists them");
    }

    private static boolean on(String word) {
        return switch (word) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("a quirk is on or off, not " + word);
        };
    }
}
