// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kernel.lwp.kernel.Kernel;
import kernel.vm.pmap.Pmap;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.argument.Numbers;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;

/** {@code pmap}: the page tables of a process in the format of its machine, or the walk of one address. */
public final class PmapCommand extends Command {
    private static final String MACHINE = "machine";
    private static final String SVG = "--svg";
    private final Kernels kernels;

    /** All page tables of a process, and what they map. */
    record Tables(int pid, String machine, int resident, int wired, long tableBytes, Rows<TableRow> tables,
            Rows<MappingRow> mappings) {
        static Tables of(Kernel kernel, int pid) {
            Pmap pmap = Spaces.of(kernel, pid).pmap();
            Rows<TableRow> tables = TableRow.of(pmap);
            long bytes = tables.stream().mapToLong(TableRow::sizeBytes).sum();
            return new Tables(pid, kernel.slots().find(MACHINE).active(), pmap.residentCount(), pmap.wiredCount(), bytes,
                    tables, MappingRow.of(pmap));
        }
    }

    /** What was drawn where. */
    record Drawn(int pid, String file, long sizeBytes) {
    }

    public PmapCommand(Kernels kernels) {
        super(MACHINE, "pmap", "shows the page tables of a process, or the walk of one address with raw descriptors");
        this.kernels = kernels;
        takes("PID [ADDR]", 1, 2, Candidates.PID, Candidates.NONE);
        has(Option.of(SVG, "FILE", "draw the tables and what they map").from(Candidates.FILE));
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
        return in.option(SVG) == null ? kernel.ask(engine -> Tables.of(kernel, pid)) : draw(in, kernel, pid);
    }

    private static Drawn draw(Invocation in, Kernel kernel, int pid) {
        Path file = in.file(in.option(SVG));
        String machine = kernel.ask(engine -> kernel.slots().find(MACHINE).active());
        String picture = kernel.ask(engine ->
                PmapPicture.of(Spaces.of(kernel, pid).pmap(), "process " + pid + " on " + machine));
        try {
            Files.writeString(file, picture);
        } catch (IOException failed) {
            throw new IllegalArgumentException("cannot write " + file + ": " + failed.getMessage(), failed);
        }
        return new Drawn(pid, file.toString(), picture.length());
    }
}
