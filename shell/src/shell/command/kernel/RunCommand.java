// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import kernel.lwp.kernel.Kernel;
import machine.core.engine.RunLimit;
import shell.command.Command;
import shell.command.Invocation;
import userland.quantity.DurationText;

/** {@code run}: lets virtual time pass as fast as the host can. */
public final class RunCommand extends Command {
    private final Kernels kernels;

    public RunCommand(Kernels kernels) {
        super("kernel", "run", "runs for a virtual duration, as fast as the host can");
        this.kernels = kernels;
        takes("DURATION", 1, 1);
        example("run 500ms");
    }

    @Override
    public Object run(Invocation in) throws InterruptedException {
        long nanos = DurationText.parseNanos(in.text(0));
        Kernel kernel = kernels.kernel();
        long until = Math.addExact(kernel.ask(engine -> engine.nowNanos()), nanos);
        return RunResult.run(kernel, RunLimit.until(until));
    }
}
