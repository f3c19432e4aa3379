// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import kernel.lwp.signal.Signal;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.argument.SignalArguments;
import shell.command.deed.Deeds;
import shell.command.format.Worded;
import shell.command.kernel.Kernels;
import shell.command.kernel.TaskName;

/** {@code kill}: sends a signal to a process or one of its LWPs, from outside. */
public final class KillCommand extends Command {
    private final Kernels kernels;
    private final Deeds deeds;

    /** What was sent to whom. */
    record Sent(String to, int signal, String name) implements Worded {
        @Override
        public String text() {
            return name + " sent to " + to;
        }
    }

    public KillCommand(Kernels kernels, Deeds deeds) {
        super("lwp", "kill", "sends a signal to a process, or to one of its LWPs");
        this.kernels = kernels;
        this.deeds = deeds;
        takes("PID[.LID] SIGNAL", 2, 2, Candidates.TASK, Candidates.NONE);
        example("kill 1 SIGSTOP");
        details("SIGNAL: a number, or a name with or without SIG. It is taken when the kernel runs.");
    }

    @Override
    public Object run(Invocation in) {
        TaskName name = TaskName.parse(in.text(0));
        int signal = SignalArguments.signal(in.text(1));
        String to = deeds.kill(name, signal).perform(kernels.kernel());
        return new Sent(to, signal, Signal.name(signal));
    }
}
