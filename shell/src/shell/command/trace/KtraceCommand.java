// SPDX-License-Identifier: BSD-2-Clause
package shell.command.trace;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import kernel.lwp.kernel.Kernel;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.argument.Numbers;
import shell.command.kernel.Kernels;

/** {@code ktrace}: prints the system calls of a process as they happen. */
public final class KtraceCommand extends Command {
    private static final String OFF = "--off";
    private final Kernels kernels;
    private final Map<Kernel, CallTrace> traces = new WeakHashMap<>();

    /** Which processes are traced now. */
    record Traced(List<Integer> pids) {
    }

    public KtraceCommand(Kernels kernels) {
        super("trace", "ktrace", "prints the system calls of a process from now on, as they return");
        this.kernels = kernels;
        takes("PID", 1, 1, Candidates.PID);
        has(Option.flag(OFF, "stop doing so"));
        example("ktrace 1");
    }

    @Override
    public Object run(Invocation in) {
        int pid = Numbers.natural(in.text(0), "a pid");
        boolean off = in.flag(OFF);
        PrintStream console = in.console();
        Kernel kernel = kernels.kernel();
        CallTrace trace = trace(kernel);
        return kernel.ask(engine -> {
            if (off) {
                trace.stop(pid);
            } else {
                Kernels.process(kernel, pid);
                trace.start(pid, console);
            }
            return new Traced(trace.pids());
        });
    }

    private synchronized CallTrace trace(Kernel kernel) {
        return traces.computeIfAbsent(kernel, CallTrace::new);
    }
}
