// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import kernel.lwp.kernel.Kernel;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.kernel.Kernels;
import shell.command.kernel.TaskName;
import userland.puppet.PuppetCall;

/** {@code result}: what became of the last call of an LWP. */
public final class ResultCommand extends Command {
    private final Kernels kernels;
    private final SystemCalls calls;

    public ResultCommand(Kernels kernels, SystemCalls calls) {
        super("lwp", "result", "prints what became of the last call of a puppet LWP, now");
        this.kernels = kernels;
        this.calls = calls;
        takes("PID[.LID]", 1, 1, Candidates.TASK);
        example("result 1.2");
    }

    @Override
    public Object run(Invocation in) {
        TaskName name = TaskName.parse(in.text(0));
        Kernel kernel = kernels.kernel();
        SysResult result = kernel.ask(engine -> calls.result(kernel, last(kernel, name)));
        in.console().println(result.text());
        return result;
    }

    /** An LWP that has exited is no longer in the table, but what it did last is known. */
    private PuppetCall last(Kernel kernel, TaskName name) {
        String label = name.first() ? Kernels.lwp(kernel, name).label() : name.toString();
        PuppetCall last = calls.last(kernel, label);
        if (last == null) {
            throw new IllegalArgumentException(label + " has made no call; sys " + label + " CALL makes one");
        }
        return last;
    }
}
