// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

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
        kernels.kernel().pause();
        return KernelRow.of(kernels.current(), true);
    }
}
