// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import kernel.lwp.kernel.Kernel;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;

/** {@code ps}: the processes. */
public final class PsCommand extends Command {
    private final Kernels kernels;

    public PsCommand(Kernels kernels) {
        super("lwp", "ps", "lists the processes");
        this.kernels = kernels;
        takes("", 0, 0);
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        return kernel.ask(engine -> new Rows<>(ProcessRow.class,
                kernel.processes().table().all().stream().map(ProcessRow::of).toList()));
    }
}
