// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sim;

import java.util.List;
import java.util.Map;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.KernelFactory;
import kernel.lwp.kernel.QuirkChoice;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import userland.program.Programs;
import userland.sim.Comparison;
import userland.sim.SimReport;
import userland.sim.SimRequest;
import userland.sim.Simulator;

/** The simulation runner. */
@Component
public final class WorkloadSimulator implements Simulator {
    private final KernelFactory kernels;
    private final WorkloadLoader loader;

    /** @param programs what can be run by name */
    @Activate
    public WorkloadSimulator(@Reference KernelFactory kernels, @Reference Programs programs) {
        this.kernels = kernels;
        this.loader = new WorkloadLoader(programs);
    }

    @Override
    public SimReport run(SimRequest request, Progress progress) {
        return run(request, request.workload, progress);
    }

    private SimReport run(SimRequest request, String stage, Progress progress) {
        Workload workload = loader.load(request.workload, request.arguments);
        if (workload.endless() != null && request.durationNanos < 0) {
            throw new IllegalArgumentException(request.workload + " never ends: " + workload.endless()
                    + "; give a duration");
        }
        SwapSchedule swaps = new SwapSchedule(request.swaps);
        swaps.check(kernels.variants(), request.durationNanos);
        try (Kernel kernel = kernels.boot(config(request))) {
            return new Run(request, workload, kernel, swaps).run(stage, progress);
        }
    }

    private static KernelConfig config(SimRequest request) {
        KernelConfig config = KernelConfig.standard().withSeed(request.seed);
        for (Map.Entry<String, String> choice : request.variants.entrySet()) {
            config = config.withVariant(choice.getKey(), choice.getValue());
        }
        config = request.topology == null ? config : config.withTopology(request.topology);
        config = request.memoryBytes < 0 ? config : config.withMemoryBytes(request.memoryBytes);
        config = request.swapBytes < 0 ? config : config.withSwapBytes(request.swapBytes);
        for (QuirkChoice choice : request.quirks) {
            config = config.withQuirk(choice);
        }
        return request.quantumNanos < 0 ? config : config.withQuantumNanos(request.quantumNanos);
    }

    @Override
    public Comparison compare(SimRequest request, String slot, List<String> variants, int seeds, Progress progress) {
        if (request.variants.containsKey(slot)) {
            throw new IllegalArgumentException("the variants of slot " + slot + " are compared, so it cannot be "
                    + request.variants.get(slot) + " as well; leave --" + slot + " out");
        }
        loader.load(request.workload, request.arguments);
        for (String variant : variants) {
            SimRequest one = request.copy();
            one.variants.put(slot, variant);
            config(one);
            SwapSchedule.requireVariant(kernels.variants(), slot, variant);
        }
        return new Comparer(this::run, request, progress).compare(slot, variants, seeds);
    }
}
