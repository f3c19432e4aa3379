// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import kernel.lwp.kernel.Kernel;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;

/** {@code vmstat}: the counters of the memory layer, the pmap, the TLBs and the CPUs. */
public final class VmstatCommand extends Command {
    private final Kernels kernels;

    /** A counter of the current kernel. */
    record CounterRow(String counter, long count, String what) {
    }

    public VmstatCommand(Kernels kernels) {
        super("vm", "vmstat", "shows the counters of the memory layer, the pmap, the TLBs and the CPUs");
        this.kernels = kernels;
        takes("", 0, 0);
        details("Referenced and modified faults are where a machine without those bits sets them in software.");
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        return new Rows<>(CounterRow.class, kernel.ask(engine -> kernel.counters().stream()
                .map(counter -> new CounterRow(counter.name(), counter.count(), counter.what())).toList()));
    }
}
