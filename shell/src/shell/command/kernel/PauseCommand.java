// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import kernel.lwp.kernel.Kernel;
import shell.command.Command;
import shell.command.Invocation;

/** {@code pause}: stops what {@code go} started. */
public final class PauseCommand extends Command {
    private final Kernels kernels;

    public PauseCommand(Kernels kernels) {
        super("kernel", "pause", "stops a kernel that runs in the background, at the next safe point");
        this.kernels = kernels;
        takes("", 0, 0);
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        kernel.pause();
        String halted = kernel.ask(engine -> engine.haltReason());
        return RunResult.now(kernel, "paused", halted == null ? "" : "halted, " + halted);
    }
}
