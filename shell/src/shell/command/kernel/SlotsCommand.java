// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import shell.command.Command;
import shell.command.Invocation;

/** {@code slots}: what fills each slot of the current kernel. */
public final class SlotsCommand extends Command {
    private final Kernels kernels;

    public SlotsCommand(Kernels kernels) {
        super("kernel", "slots", "shows what fills each slot of the kernel, and what could");
        this.kernels = kernels;
        takes("", 0, 0);
    }

    @Override
    public Object run(Invocation in) {
        return SlotRow.of(kernels.kernel());
    }
}
