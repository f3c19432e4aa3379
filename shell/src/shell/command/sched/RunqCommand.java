// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.sched.dispatch.Dispatcher;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.argument.Numbers;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;

/** {@code runq}: the run queues, CPU by CPU, best first. */
public final class RunqCommand extends Command {
    private final Kernels kernels;

    public RunqCommand(Kernels kernels) {
        super("sched", "runq", "shows the run queue of each CPU, best first");
        this.kernels = kernels;
        takes("[CPU]", 0, 1);
        example("runq 0");
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        int only = in.has(0) ? Numbers.natural(in.text(0), "a CPU") : -1;
        return kernel.ask(engine -> {
            Dispatcher dispatcher = kernel.dispatcher();
            if (only >= dispatcher.cpuCount()) {
                throw new IllegalArgumentException("there is no CPU " + only + "; they are 0 to "
                        + (dispatcher.cpuCount() - 1));
            }
            List<TaskRow> rows = new ArrayList<>();
            for (int cpu = 0; cpu < dispatcher.cpuCount(); cpu++) {
                if (only < 0 || only == cpu) {
                    add(rows, dispatcher, cpu);
                }
            }
            return new Rows<>(TaskRow.class, rows);
        });
    }

    private static void add(List<TaskRow> rows, Dispatcher dispatcher, int cpu) {
        int before = rows.size();
        dispatcher.forEachQueued(dispatcher.cpu(cpu),
                task -> rows.add(TaskRow.of(cpu, rows.size() - before + 1, task)));
    }
}
