// SPDX-License-Identifier: BSD-2-Clause
package shell.command.memory;

import kernel.lwp.kernel.Kernel;
import machine.core.engine.RunLimit;
import shell.command.deed.Deed;
import shell.command.kernel.Kernels;
import shell.command.kernel.Running;
import userland.puppet.PuppetCall;

/** Loads and stores as user code of a puppet process. */
final class Accesses {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final Kernels kernels;

    Accesses(Kernels kernels) {
        this.kernels = kernels;
    }

    /** Lets an idle LWP of a puppet make an access, and runs the kernel until it has. */
    PuppetCall make(Deed<PuppetCall> deed) throws InterruptedException {
        Kernel kernel = kernels.kernel();
        Running.checkPaused(kernel);
        PuppetCall access = deed.perform(kernel);
        long until = kernel.ask(engine -> engine.nowNanos()) + PATIENCE_NANOS;
        Running.run(kernel, RunLimit.until(until).stoppingWhenQuiescent()
                .orWhen(() -> access.state() == PuppetCall.State.FINISHED));
        if (kernel.ask(engine -> access.state()) != PuppetCall.State.FINISHED) {
            throw new IllegalArgumentException("LWP " + access.pid() + "." + access.lid() + " did not get to it; why "
                    + access.pid() + "." + access.lid() + " tells more");
        }
        return access;
    }
}
