// SPDX-License-Identifier: BSD-2-Clause
package shell.command.memory;

import java.util.function.BiFunction;
import java.util.function.Supplier;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import machine.core.engine.RunLimit;
import shell.command.kernel.Kernels;
import shell.command.kernel.Running;
import userland.puppet.PuppetCall;
import userland.puppet.PuppetControl;

/** Loads and stores as user code of a puppet process. */
final class Accesses {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final Kernels kernels;
    private final Supplier<PuppetControl> puppets;

    Accesses(Kernels kernels, Supplier<PuppetControl> puppets) {
        this.kernels = kernels;
        this.puppets = puppets;
    }

    /** Lets an idle LWP of the process make an access, and runs the kernel until it has. */
    PuppetCall make(int pid, String text, BiFunction<PuppetControl, Lwp, PuppetCall> order) throws InterruptedException {
        Kernel kernel = kernels.kernel();
        Running.checkPaused(kernel);
        PuppetCall access = kernel.act(text, engine -> order.apply(puppets.get(), idle(kernel, pid)));
        long until = kernel.ask(engine -> engine.nowNanos()) + PATIENCE_NANOS;
        Running.run(kernel, RunLimit.until(until).stoppingWhenQuiescent().orWhen(() -> access.state() == PuppetCall.State.FINISHED));
        if (kernel.ask(engine -> access.state()) != PuppetCall.State.FINISHED) {
            throw new IllegalArgumentException("LWP " + access.pid() + "." + access.lid() + " did not get to it; why "
                    + access.pid() + "." + access.lid() + " tells more");
        }
        return access;
    }

    private Lwp idle(Kernel kernel, int pid) {
        Proc process = Kernels.process(kernel, pid);
        Lwp lwp = puppets.get().idle(process);
        if (lwp == null) {
            throw new IllegalArgumentException("process " + process + " has no LWP that takes orders now: only a puppet has, "
                    + "and each of its LWPs does one thing at a time");
        }
        return lwp;
    }
}
