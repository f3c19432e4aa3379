// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sim;

import java.util.List;
import userland.sim.Comparison;
import userland.sim.SimReport;
import userland.sim.SimRequest;
import userland.sim.Simulator.Progress;

/** Runs one request under several variants of a slot. */
final class Comparer {
    private final Runner runner;

    /** Runs one request; {@code stage} names it for the progress. */
    interface Runner {
        SimReport run(SimRequest request, String stage, Progress progress);
    }

    Comparer(Runner runner) {
        this.runner = runner;
    }

    Comparison compare(SimRequest request, String slot, List<String> variants, Progress progress) {
        if (variants.size() < 2) {
            throw new IllegalArgumentException("give at least two variants of slot " + slot + " to compare");
        }
        Comparison comparison = new Comparison();
        comparison.slot = slot;
        comparison.variants.addAll(variants);
        DecisionRecorder first = new DecisionRecorder(null);
        for (String variant : variants) {
            boolean reference = comparison.reports.isEmpty();
            DecisionRecorder recorder = reference ? first : new DecisionRecorder(first);
            SimRequest one = with(request, slot, variant);
            one.sink = recorder;
            comparison.reports.add(runner.run(one, slot + "=" + variant, progress));
            if (!reference) {
                comparison.divergences.add(recorder.divergence(variant));
            }
        }
        return comparison;
    }

    private static SimRequest with(SimRequest request, String slot, String variant) {
        SimRequest copy = new SimRequest();
        copy.workload = request.workload;
        copy.arguments = request.arguments;
        copy.variants.putAll(request.variants);
        copy.variants.put(slot, variant);
        copy.cpus = request.cpus;
        copy.memoryBytes = request.memoryBytes;
        copy.seed = request.seed;
        copy.quantumNanos = request.quantumNanos;
        copy.durationNanos = request.durationNanos;
        copy.swaps = request.swaps;
        copy.check = request.check;
        return copy;
    }
}
