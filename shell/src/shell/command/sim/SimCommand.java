// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sim;

import java.io.IOException;
import java.util.function.Supplier;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.kernel.Foreground;
import shell.command.trace.ChromeTrace;
import shell.command.trace.TraceBuffer;
import userland.sim.SimReport;
import userland.sim.SimRequest;
import userland.sim.Simulator;

/** {@code sim}: runs a workload on a fresh kernel and reports. */
public final class SimCommand extends Command {
    private static final String TRACE = "--trace";
    private static final String SVG = "--svg";
    private final Supplier<Simulator> simulator;

    public SimCommand(Supplier<Simulator> simulator) {
        super("kernel", "sim", "runs a program, an rt-app file or an strace log on a fresh kernel, and reports");
        this.simulator = simulator;
        takes("WORKLOAD [ARG...]", 1, -1, Candidates.PROGRAM);
        has(SimOptions.with(Option.of(TRACE, "FILE", "write the events as a Chrome trace").from(Candidates.FILE),
                Option.of(SVG, "FILE", "draw who ran when").from(Candidates.FILE)));
        example("sim workloads/pipeline.json --cpus 4 --seed 7 --swap 50ms:sched=m2");
    }

    @Override
    public Object run(Invocation in) throws IOException, InterruptedException {
        SimRequest request = SimOptions.request(in);
        TraceBuffer buffer = in.option(TRACE) == null ? null : new TraceBuffer();
        request.sink = buffer;
        request.timeline = in.option(SVG) != null;
        try (OutputFile trace = OutputFile.of(in, TRACE); OutputFile picture = OutputFile.of(in, SVG)) {
            SimReport report = run(request, in);
            if (trace != null) {
                ChromeTrace.write(buffer.events(), report.cpus, trace.writer());
                trace.keep();
            }
            if (picture != null) {
                picture.writer().write(TimelinePicture.of(report).toString());
                picture.keep();
                // The picture has it; as text it would bury the rest.
                report.timeline = null;
            }
            return new SimResult(report);
        }
    }

    private SimReport run(SimRequest request, Invocation in) throws InterruptedException {
        ProgressLine progress = new ProgressLine(in.err());
        Simulator running = simulator.get();
        return Foreground.await(() -> running.run(request, progress), progress::cancel);
    }
}
