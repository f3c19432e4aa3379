// SPDX-License-Identifier: BSD-2-Clause
package shell.command.trace;

import java.io.PrintStream;
import java.util.Map;
import java.util.WeakHashMap;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.TraceEvent;
import kernel.lwp.proc.TraceListener;
import kernel.lwp.proc.Tracing;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.argument.Numbers;
import shell.command.deed.Deeds;
import shell.command.format.Formatter;
import shell.command.format.Worded;
import shell.command.kernel.Kernels;

/** {@code ptrace}: traces the LWP events of a process, and prints them. */
public final class PtraceCommand extends Command {
    private static final String STOP = "--stop";
    private final Kernels kernels;
    private final Deeds deeds;
    private final Map<Kernel, TraceListener> printers = new WeakHashMap<>();

    /** What is traced now. */
    record Traced(int pid, String events, boolean stops) implements Worded {
        @Override
        public String text() {
            return "process " + pid + ": " + events + (stops ? ", stopping at each" : "");
        }
    }

    public PtraceCommand(Kernels kernels, Deeds deeds) {
        super("trace", "ptrace", "reports when LWPs of a process are created and exit");
        this.kernels = kernels;
        this.deeds = deeds;
        takes("PID EVENTS", 2, 2, Candidates.PID, Candidates.NONE);
        has(Option.flag(STOP, "stop the process with SIGTRAP at each event; kill PID SIGCONT continues it"));
        example("ptrace 1 create,exit");
        details("EVENTS: create, exit, both joined with a comma, or none. 1.47 reports nothing.");
    }

    @Override
    public Object run(Invocation in) {
        int pid = Numbers.natural(in.text(0), "a pid");
        String events = in.text(1);
        int flags = flags(events) | (in.flag(STOP) ? Tracing.STOP : 0);
        Kernel kernel = kernels.kernel();
        deeds.trace(pid, flags).perform(kernel);
        print(kernel, in.console());
        return new Traced(pid, events, in.flag(STOP));
    }

    private static int flags(String events) {
        if (events.equals("none")) {
            return 0;
        }
        int flags = Tracing.TRACED;
        for (String event : events.split(",")) {
            flags |= switch (event) {
                case "create" -> Tracing.LWP_CREATE;
                case "exit" -> Tracing.LWP_EXIT;
                default -> throw new IllegalArgumentException("'" + event
                        + "' is no event; write create, exit, create,exit or none");
            };
        }
        return flags;
    }

    /** Events go to the terminal of whoever asked last. */
    private synchronized void print(Kernel kernel, PrintStream console) {
        TraceListener before = printers.remove(kernel);
        TraceListener printer = event -> console.println(line(event));
        printers.put(kernel, printer);
        kernel.ask(engine -> {
            kernel.processes().tracing().remove(before);
            kernel.processes().tracing().add(printer);
            return null;
        });
    }

    private static String line(TraceEvent event) {
        return Formatter.duration(event.nanos()) + " " + event.pid() + "." + event.lid()
                + (event.kind() == TraceEvent.Kind.LWP_CREATE ? " was created" : " exits");
    }
}
