// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sim;

import java.util.List;
import java.util.function.Supplier;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.kernel.Foreground;
import userland.sim.SimRequest;
import userland.sim.Simulator;

/** {@code compare}: runs a workload under several variants of a slot, on the same seed. */
public final class CompareCommand extends Command {
    private static final String SLOT = "--slot";
    private static final String VARIANTS = "--variants";
    private final Supplier<Simulator> simulator;

    public CompareCommand(Supplier<Simulator> simulator) {
        super("kernel", "compare", "runs a workload under several variants of a slot on the same seed, side by side");
        this.simulator = simulator;
        takes("WORKLOAD [ARG...]", 1, -1, Candidates.PROGRAM);
        has(SimOptions.with(Option.of(SLOT, "S", "the slot that differs").from(Candidates.SLOT),
                Option.of(VARIANTS, "A,B", "its variants, joined with commas")));
        example("compare workloads/pipeline.json --slot sched --variants 4bsd,m2 --cpus 4");
    }

    @Override
    public Object run(Invocation in) throws InterruptedException {
        String slot = required(in, SLOT);
        List<String> variants = List.of(required(in, VARIANTS).split(","));
        if (variants.size() < 2) {
            throw new IllegalArgumentException("one variant has nothing to be compared with; write " + VARIANTS
                    + " A,B");
        }
        SimRequest request = SimOptions.request(in);
        ProgressLine progress = new ProgressLine(in.err());
        Simulator running = simulator.get();
        return new ComparisonResult(
                Foreground.await(() -> running.compare(request, slot, variants, progress), progress::cancel));
    }

    private String required(Invocation in, String option) {
        if (in.option(option) == null) {
            throw new IllegalArgumentException("option " + option + " is missing; for example: " + example());
        }
        return in.option(option);
    }
}
