// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import java.io.IOException;
import kernel.lwp.kernel.Kernel;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.argument.Numbers;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;

/** {@code vmmap}: the map entries of a process. */
public final class VmmapCommand extends Command {
    private static final String SVG = "--svg";
    private final Kernels kernels;

    public VmmapCommand(Kernels kernels) {
        super("vm", "vmmap", "shows the map entries of a process, or draws them");
        this.kernels = kernels;
        takes("PID", 1, 1, Candidates.PID);
        has(Option.of(SVG, "FILE", "draws the address space into a file").from(Candidates.FILE));
        example("vmmap 1");
    }

    @Override
    public Object run(Invocation in) throws IOException {
        int pid = Numbers.natural(in.text(0), "a pid");
        Kernel kernel = kernels.kernel();
        Rows<MapRow> entries = kernel.ask(engine -> MapRow.of(Spaces.of(kernel, pid)));
        if (in.option(SVG) != null) {
            SpacePicture.draw(pid, entries).write(in.file(in.option(SVG)));
        }
        return entries;
    }
}
