// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import kernel.lwp.kernel.Kernel;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.argument.Numbers;
import shell.command.kernel.Kernels;

/** {@code vmmap}: the map entries of a process. */
public final class VmmapCommand extends Command {
    private final Kernels kernels;

    public VmmapCommand(Kernels kernels) {
        super("vm", "vmmap", "shows the map entries of a process");
        this.kernels = kernels;
        takes("PID", 1, 1, Candidates.PID);
        example("vmmap 1");
    }

    @Override
    public Object run(Invocation in) {
        int pid = Numbers.natural(in.text(0), "a pid");
        Kernel kernel = kernels.kernel();
        return kernel.ask(engine -> MapRow.of(Spaces.of(kernel, pid)));
    }
}
