// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import kernel.lwp.kernel.Kernel;
import userland.quantity.DurationText;

/** The prompt: what fills the slots of the current kernel, its virtual time, and whether it runs. */
public final class Prompt {
    private final Kernels kernels;

    public Prompt(Kernels kernels) {
        this.kernels = kernels;
    }

    /** For example {@code kw amd64 4bsd 1.84 12.3ms>}. */
    public String text() {
        Booted booted = kernels.current();
        Kernel kernel = booted.kernel();
        boolean running = kernel.thread().running();
        String which = booted.id() == 1 ? "kw" : "kw#" + booted.id();
        return kernel.ask(engine -> {
            String state = KernelRow.state(kernel, running).replaceFirst(":.*", "");
            return which + " " + KernelRow.active(kernel, "machine") + " " + KernelRow.active(kernel, "sched") + " "
                    + KernelRow.active(kernel, "lwp") + " " + DurationText.format(engine.nowNanos())
                    + (state.equals("paused") ? "" : " " + state) + "> ";
        });
    }
}
