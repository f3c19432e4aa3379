// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import kernel.lwp.kernel.Kernel;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.kernel.Kernels;

/** {@code frames}: what physical memory is used for. */
public final class FramesCommand extends Command {
    private final Kernels kernels;

    public FramesCommand(Kernels kernels) {
        super("vm", "frames", "shows what physical memory is used for, by page queue");
        this.kernels = kernels;
        takes("", 0, 0);
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        return kernel.ask(engine -> FrameRow.of(kernel.vm()));
    }
}
