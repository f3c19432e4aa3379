// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import kernel.lwp.kernel.Kernel;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.kernel.Kernels;
import shell.command.kernel.TaskName;

/** {@code lwp}: everything about one LWP. */
public final class LwpCommand extends Command {
    private final Kernels kernels;

    public LwpCommand(Kernels kernels) {
        super("lwp", "lwp", "shows everything about one LWP");
        this.kernels = kernels;
        takes("PID.LID", 1, 1, Candidates.TASK);
        example("lwp 1.2");
    }

    @Override
    public Object run(Invocation in) {
        TaskName name = TaskName.parse(in.text(0));
        Kernel kernel = kernels.kernel();
        return kernel.ask(engine -> LwpDetails.of(kernel, Kernels.lwp(kernel, name)));
    }
}
