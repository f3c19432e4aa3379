// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sim;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.argument.Numbers;
import shell.command.kernel.Foreground;
import userland.sim.Comparison;
import userland.sim.SimRequest;
import userland.sim.Simulator;

/** {@code compare}: runs a workload under several variants of a slot, on the same seed. */
public final class CompareCommand extends Command {
    private static final String SLOT = "--slot";
    private static final String VARIANTS = "--variants";
    private static final String SEEDS = "--seeds";
    private static final String SVG = "--svg";
    private final Supplier<Simulator> simulator;

    public CompareCommand(Supplier<Simulator> simulator) {
        super("kernel", "compare", "runs a workload under several variants of a slot on the same seed, side by side");
        this.simulator = simulator;
        takes("WORKLOAD [ARG...]", 1, -1, Candidates.PROGRAM);
        has(SimOptions.with(Option.of(SLOT, "S", "the slot that differs").from(Candidates.SLOT),
                Option.of(VARIANTS, "A,B", "its variants, joined with commas"),
                Option.of(SEEDS, "K", "run each with K seeds, and show median, least and most"),
                Option.of(SVG, "FILE", "draw who ran when under each variant").from(Candidates.FILE)));
        example("compare workloads/pipeline.json --slot sched --variants 4bsd,m2 --cpus 4 --seeds 5");
    }

    @Override
    public Object run(Invocation in) throws IOException, InterruptedException {
        String slot = required(in, SLOT);
        List<String> variants = List.of(required(in, VARIANTS).split(",", -1));
        if (variants.size() < 2 || variants.contains("")) {
            throw new IllegalArgumentException(VARIANTS + " is '" + in.option(VARIANTS)
                    + "'; name two variants or more, joined with commas");
        }
        int seeds = in.option(SEEDS) == null ? 1 : Numbers.natural(in.option(SEEDS), SEEDS);
        SimRequest request = SimOptions.request(in);
        try (OutputFile picture = OutputFile.of(in, SVG)) {
            request.timeline = picture != null;
            Comparison comparison = compare(in, request, slot, variants, seeds);
            if (picture != null) {
                picture.writer().write(TimelinePicture.of(comparison).toString());
                picture.keep();
                // The picture has it; as text it would bury the rest.
                comparison.reports.forEach(report -> report.timeline = null);
            }
            return new ComparisonResult(comparison);
        }
    }

    private Comparison compare(Invocation in, SimRequest request, String slot, List<String> variants, int seeds)
            throws InterruptedException {
        ProgressLine progress = new ProgressLine(in.err());
        Simulator running = simulator.get();
        return Foreground.await(() -> running.compare(request, slot, variants, seeds, progress), progress::cancel);
    }

    private String required(Invocation in, String option) {
        if (in.option(option) == null) {
            throw new IllegalArgumentException("option " + option + " is missing; for example: " + example());
        }
        return in.option(option);
    }
}
