// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import java.util.List;
import java.util.stream.IntStream;
import kernel.lwp.kernel.Kernel;
import machine.core.watchdog.EvictionReport;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.argument.Numbers;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;

/** {@code evictions}: the variants that were thrown out, and the dump of one of them. */
public final class EvictionsCommand extends Command {
    private final Kernels kernels;

    public EvictionsCommand(Kernels kernels) {
        super("sched", "evictions", "shows which variants were evicted and why, or all about one eviction");
        this.kernels = kernels;
        takes("[NUMBER]", 0, 1);
        example("evictions 1");
    }

    @Override
    public Object run(Invocation in) {
        int only = in.has(0) ? Numbers.natural(in.text(0), "a number of an eviction") : 0;
        Kernel kernel = kernels.kernel();
        List<EvictionReport> reports = kernel.ask(engine -> engine.evictions().reports());
        if (!in.has(0)) {
            return new Rows<>(EvictionRow.class, IntStream.range(0, reports.size())
                    .mapToObj(i -> EvictionRow.of(i + 1, reports.get(i))).toList());
        }
        if (only < 1 || only > reports.size()) {
            throw new IllegalArgumentException("there is no eviction " + only + "; evictions lists them");
        }
        return new EvictionDump(reports.get(only - 1));
    }
}
