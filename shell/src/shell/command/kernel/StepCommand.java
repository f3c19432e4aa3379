// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import kernel.lwp.kernel.Kernel;
import machine.core.engine.RunLimit;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.argument.Numbers;

/** {@code step}: runs for a number of events. */
public final class StepCommand extends Command {
    private final Kernels kernels;

    public StepCommand(Kernels kernels) {
        super("kernel", "step", "runs for a number of events");
        this.kernels = kernels;
        takes("[N]", 0, 1);
        example("step 10");
        details("It stops at the first safe point after event number N.");
    }

    @Override
    public Object run(Invocation in) throws InterruptedException {
        int events = in.has(0) ? Numbers.natural(in.text(0), "a number of events") : 1;
        Kernel kernel = kernels.kernel();
        return RunResult.run(kernel, RunLimit.events(events));
    }
}
