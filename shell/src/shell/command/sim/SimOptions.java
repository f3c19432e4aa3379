// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sim;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import kernel.lwp.kernel.QuirkChoice;
import machine.core.engine.Topology;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.argument.Numbers;
import shell.command.kernel.BootCommand;
import userland.quantity.DurationText;
import userland.quantity.SizeText;
import userland.sim.SimRequest;
import userland.sim.SwapOption;

/** The options that {@code sim} and {@code compare} share, and the request they make. */
final class SimOptions {
    private static final String DURATION = "--duration";
    private static final String SWAP = "--swap";
    private static final String CHECK = "--check";

    private SimOptions() {
    }

    /** The options of {@code boot}, those of a run, and some more. */
    static Option[] with(Option... more) {
        List<Option> options = new ArrayList<>(List.of(BootCommand.kernelOptions()));
        options.add(Option.of(DURATION, "TIME", "virtual time after which the run ends"));
        options.add(Option.of(SWAP, "TIME:SLOT=VARIANT", "swap at that virtual time; may be repeated"));
        options.add(Option.flag(CHECK, "check the invariants all the time"));
        options.addAll(List.of(more));
        return options.toArray(Option[]::new);
    }

    static SimRequest request(Invocation in) {
        SimRequest request = new SimRequest();
        request.workload = workload(in);
        request.arguments = in.from(1).stream().map(Object::toString).toList();
        for (String slot : BootCommand.slots()) {
            if (in.option("--" + slot) != null) {
                request.variants.put(slot, in.option("--" + slot));
            }
        }
        request.check = in.flag(CHECK);
        in.all("--quirk").forEach(text -> request.quirks.add(QuirkChoice.parse(text)));
        in.all(SWAP).forEach(text -> request.swaps.add(SwapOption.parse(text)));
        if (in.option("--cpus") != null) {
            request.topology = Topology.parse(in.option("--cpus"));
        }
        if (in.option("--memory") != null) {
            request.memoryBytes = SizeText.parseBytes(in.option("--memory"));
        }
        if (in.option("--swap-size") != null) {
            request.swapBytes = SizeText.parseBytes(in.option("--swap-size"));
        }
        if (in.option("--seed") != null) {
            request.seed = Numbers.parse(in.option("--seed"), "--seed");
        }
        if (in.option(DURATION) != null) {
            request.durationNanos = DurationText.parseNanos(in.option(DURATION));
        }
        return request;
    }

    /** A file of the user's directory, or else the name of a program. */
    private static String workload(Invocation in) {
        String name = in.text(0);
        return Files.exists(in.file(name)) ? in.file(name).toString() : name;
    }
}
