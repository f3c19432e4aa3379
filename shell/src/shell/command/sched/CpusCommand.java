// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import java.util.stream.IntStream;
import kernel.lwp.kernel.Kernel;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;

/** {@code cpus}: what each CPU does. */
public final class CpusCommand extends Command {
    private final Kernels kernels;

    public CpusCommand(Kernels kernels) {
        super("sched", "cpus", "shows what each CPU runs, and its clock and counters");
        this.kernels = kernels;
        takes("", 0, 0);
        details("CLOCK and IDLE are virtual time. The columns of TICKS say how often the statistics clock, which looks 100 "
                + "times a second, found the CPU doing that.");
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        return kernel.ask(engine -> new Rows<>(CpuRow.class, IntStream.range(0, engine.cpuCount())
                .mapToObj(cpu -> CpuRow.of(kernel.dispatcher(), cpu)).toList()));
    }
}
