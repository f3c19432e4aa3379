// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import java.util.List;
import java.util.stream.Collectors;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Hang;
import kernel.lwp.proc.Lwp;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.format.Worded;
import shell.command.kernel.Kernels;
import shell.command.kernel.TaskName;

/** {@code why}: why an LWP is not running. */
public final class WhyCommand extends Command {
    private final Kernels kernels;

    record Reason(String lwp, String why, List<String> hangs, String kernel) implements Worded {
        @Override
        public String text() {
            return lwp + " " + why + hangs.stream().map(hang -> "\nhang: " + hang).collect(Collectors.joining()) + (kernel.isEmpty() ? "" : "\nthe kernel is " + kernel);
        }
    }

    public WhyCommand(Kernels kernels) {
        super("lwp", "why", "explains why an LWP is not running");
        this.kernels = kernels;
        takes("PID.LID", 1, 1, Candidates.TASK);
        example("why 1.2");
    }

    @Override
    public Object run(Invocation in) {
        TaskName name = TaskName.parse(in.text(0));
        Kernel kernel = kernels.kernel();
        boolean running = kernel.thread().running();
        return kernel.ask(engine -> {
            Lwp lwp = Kernels.lwp(kernel, name);
            String halted = engine.haltReason() != null ? "halted: " + engine.haltReason()
                    : running ? "" : "paused; run or go lets it go on";
            List<String> hangs = kernel.processes().hangs().stream()
                    .filter(hang -> hang.lwps().contains(lwp.label())).map(Hang::text).toList();
            return new Reason(lwp.label(), States.why(kernel, lwp), hangs, halted);
        });
    }
}
