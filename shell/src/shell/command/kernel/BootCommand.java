// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.QuirkChoice;
import machine.core.engine.Topology;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.argument.Numbers;
import userland.quantity.SizeText;

/** {@code boot}: makes a new kernel the current one. */
public final class BootCommand extends Command {
    private static final String CHECK = "--check";

    private final Kernels kernels;

    public BootCommand(Kernels kernels) {
        super("kernel", "boot", "boots a new kernel, which is paused and idle, and makes it the current one");
        this.kernels = kernels;
        takes("", 0, 0);
        has(kernelOptions());
        has(Option.flag(CHECK, "stop when a CPU may use a stale translation"));
        example("boot --machine aarch64 --cpus 4 --seed 7");
        details("The kernels booted before go on; kernels lists them.");
    }

    /** The options that say what a kernel is like; {@code sim} has them too. */
    public static Option[] kernelOptions() {
        List<Option> options = new ArrayList<>();
        for (String slot : slots()) {
            options.add(Option.of("--" + slot, "VARIANT", "variant of slot " + slot).from(Candidates.OF_SLOT));
        }
        options.add(Option.of("--cpus", "N",
                "CPUs, 1 to 256; 2x4x2 for packages, cores and threads, 2x1x4x2 with nodes of memory"));
        options.add(Option.of("--memory", "SIZE", "physical memory, such as 256M"));
        options.add(Option.of("--swap-size", "SIZE", "size of the swap device, 0 for none"));
        options.add(Option.of("--quirk", "QUIRK=on|off", "switch a quirk, or all; may be repeated"));
        options.add(Option.of("--seed", "N", "seed of every tie-break and random number"));
        return options.toArray(Option[]::new);
    }

    /** The slots that {@link #kernelOptions} fill. */
    public static Set<String> slots() {
        return Kernels.standard().variants().keySet();
    }

    @Override
    public Object run(Invocation in) {
        Booted booted = kernels.boot(config(in));
        if (in.flag(CHECK)) {
            booted.kernel().watchTlbs(true);
        }
        return KernelRow.of(booted, true);
    }

    private static KernelConfig config(Invocation in) {
        KernelConfig config = Kernels.standard();
        for (String slot : slots()) {
            config = config.withVariant(slot, in.option("--" + slot, config.variants().get(slot)));
        }
        if (in.option("--cpus") != null) {
            config = config.withTopology(Topology.parse(in.option("--cpus")));
        }
        if (in.option("--memory") != null) {
            config = config.withMemoryBytes(SizeText.parseBytes(in.option("--memory")));
        }
        if (in.option("--swap-size") != null) {
            config = config.withSwapBytes(SizeText.parseBytes(in.option("--swap-size")));
        }
        for (String choice : in.all("--quirk")) {
            config = config.withQuirk(QuirkChoice.parse(choice));
        }
        return in.option("--seed") == null ? config : config.withSeed(Numbers.parse(in.option("--seed"), "--seed"));
    }
}
