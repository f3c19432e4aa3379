// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;

/** {@code sleepq}: who sleeps on what. */
public final class SleepqCommand extends Command {
    private final Kernels kernels;

    public SleepqCommand(Kernels kernels) {
        super("sched", "sleepq", "shows who sleeps on what, by wait channel");
        this.kernels = kernels;
        takes("", 0, 0);
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        return kernel.ask(engine -> {
            List<SleepRow> rows = new ArrayList<>();
            kernel.dispatcher().forEachTask(task -> {
                if (sleeps(task)) {
                    rows.add(SleepRow.of(kernel.dispatcher(), task));
                }
            });
            // Stable: sleepers of a channel stay in the order in which they were made.
            rows.sort(Comparator.comparing(SleepRow::queue)
                    .thenComparing(SleepRow::channelAddress, Long::compareUnsigned));
            return new Rows<>(SleepRow.class, rows);
        });
    }

    private static boolean sleeps(Task task) {
        boolean asleep = task.state() == TaskState.LSSLEEP || task.state() == TaskState.LSSTOP;
        // Revision 1.84 parks on no queue at all: only the channel tells.
        return asleep && task.waitChannel() != 0;
    }
}
