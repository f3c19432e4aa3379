// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import kernel.lwp.kernel.Kernel;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.kernel.Kernels;
import shell.command.kernel.TaskName;

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
        details("A call that its LWP is about to return from is given the time to do so; no timer fires for it.");
    }

    @Override
    public Object run(Invocation in) throws InterruptedException {
        TaskName name = TaskName.parse(in.text(0));
        Kernel kernel = kernels.kernel();
        calls.settle(kernel, name);
        SysResult result = kernel.ask(engine -> calls.result(kernel, calls.last(kernel, name)));
        in.console().println(result.text());
        return result;
    }
}
