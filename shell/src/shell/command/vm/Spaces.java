// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import kernel.lwp.kernel.Kernel;
import kernel.vm.map.VmSpace;
import shell.command.kernel.Kernels;

/** Finds address spaces for commands. */
final class Spaces {
    private Spaces() {
    }

    /** The address space of a process; on the engine thread. */
    static VmSpace of(Kernel kernel, int pid) {
        VmSpace space = Kernels.process(kernel, pid).vmspace();
        if (space == null) {
            throw new IllegalArgumentException("process " + pid + " has given up its memory: it has exited");
        }
        return space;
    }
}
