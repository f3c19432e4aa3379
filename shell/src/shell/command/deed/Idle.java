// SPDX-License-Identifier: BSD-2-Clause
package shell.command.deed;

import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import shell.command.kernel.Kernels;
import userland.puppet.PuppetControl;

/** Finds an LWP of a puppet that could do something now. */
final class Idle {
    private Idle() {
    }

    static Lwp of(Kernel kernel, PuppetControl puppets, int pid) {
        Proc process = Kernels.process(kernel, pid);
        Lwp lwp = puppets.idle(process);
        if (lwp == null) {
            throw new IllegalArgumentException("process " + process
                    + " has no LWP that takes orders now: only a puppet has, and each of its LWPs does one thing at a time");
        }
        return lwp;
    }
}
