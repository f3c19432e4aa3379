// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.argument.Numbers;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;

/** {@code lwps}: the LWPs of one process, or all. */
public final class LwpsCommand extends Command {
    private final Kernels kernels;

    public LwpsCommand(Kernels kernels) {
        super("lwp", "lwps", "lists LWPs with state, wait channel, CPU, priority and signals");
        this.kernels = kernels;
        takes("[PID]", 0, 1, Candidates.PID);
        example("lwps 1");
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        int pid = in.has(0) ? Numbers.natural(in.text(0), "a pid") : -1;
        return kernel.ask(engine -> {
            List<Proc> processes = pid < 0 ? kernel.processes().table().all() : List.of(Kernels.process(kernel, pid));
            List<LwpRow> rows = new ArrayList<>();
            processes.forEach(process -> add(rows, process));
            return new Rows<>(LwpRow.class, rows);
        });
    }

    /** The process lists its newest LWP first; people expect the oldest there. */
    private static void add(List<LwpRow> rows, Proc process) {
        List<LwpRow> own = new ArrayList<>();
        for (Lwp lwp = process.newestLwp(); lwp != null; lwp = lwp.nextInProcess()) {
            own.add(LwpRow.of(lwp));
        }
        rows.addAll(own.reversed());
    }
}
