// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import kernel.lwp.kernel.Kernel;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.argument.Numbers;
import shell.command.kernel.Kernels;

/** {@code top}: who uses the CPUs. */
public final class TopCommand extends Command {
    private static final int USUAL_ROWS = 20;
    private final Kernels kernels;

    public TopCommand(Kernels kernels) {
        super("lwp", "top", "shows load, what the CPUs do, and the LWPs that use most of them");
        this.kernels = kernels;
        takes("[N]", 0, 1);
        example("top 5");
        details("N is how many LWPs it shows, usually " + USUAL_ROWS + ". The modes of the CPUs are shares of all ticks of the "
                + "statistics clock since boot, the share of an LWP is the decaying one of the last minute (l_pctcpu).");
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        int rows = in.has(0) ? Numbers.natural(in.text(0), "the number of LWPs") : USUAL_ROWS;
        return kernel.ask(engine -> Top.of(kernel, rows));
    }
}
