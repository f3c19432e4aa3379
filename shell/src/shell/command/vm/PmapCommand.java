// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import kernel.lwp.kernel.Kernel;
import kernel.vm.pmap.Pmap;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.argument.Numbers;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;

/** {@code pmap}: the page tables of a process in the format of its machine, or the walk of one address. */
public final class PmapCommand extends Command {
    private static final String MACHINE = "machine";
    private final Kernels kernels;

    /** All page tables of a process, and what they map. */
    record Tables(int pid, String machine, int resident, int wired, Rows<TableRow> tables, Rows<MappingRow> mappings) {
    }

    public PmapCommand(Kernels kernels) {
        super(MACHINE, "pmap", "shows the page tables of a process, or the walk of one address with raw descriptors");
        this.kernels = kernels;
        takes("PID [ADDR]", 1, 2, Candidates.PID, Candidates.NONE);
        example("pmap 1 0x10000000");
    }

    @Override
    public Object run(Invocation in) {
        int pid = Numbers.natural(in.text(0), "a pid");
        Kernel kernel = kernels.kernel();
        if (in.has(1)) {
            long address = Numbers.parse(in.text(1), "an address");
            return kernel.ask(engine -> new Rows<>(StepRow.class,
                    Spaces.of(kernel, pid).pmap().describe(address).stream().map(StepRow::of).toList()));
        }
        return kernel.ask(engine -> {
            Pmap pmap = Spaces.of(kernel, pid).pmap();
            return new Tables(pid, kernel.slots().find(MACHINE).active(), pmap.residentCount(), pmap.wiredCount(),
                    TableRow.of(pmap), MappingRow.of(pmap));
        });
    }
}
