// SPDX-License-Identifier: BSD-2-Clause
package shell.command.machine;

import kernel.lwp.kernel.Kernel;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.argument.Numbers;
import shell.command.kernel.Kernels;

/** {@code tlb}: the translations that a CPU has cached. */
public final class TlbCommand extends Command {
    private final Kernels kernels;

    public TlbCommand(Kernels kernels) {
        super("machine", "tlb", "shows the translations that a CPU has cached, by address-space id");
        this.kernels = kernels;
        takes("CPU", 1, 1, Candidates.NONE);
        example("tlb 0");
    }

    @Override
    public Object run(Invocation in) {
        int cpu = Numbers.natural(in.text(0), "a CPU");
        Kernel kernel = kernels.kernel();
        return kernel.ask(engine -> {
            if (cpu >= engine.cpuCount()) {
                throw new IllegalArgumentException("no CPU " + cpu + "; cpus lists them");
            }
            return TlbRow.of(engine.cpu(cpu).mmu());
        });
    }
}
