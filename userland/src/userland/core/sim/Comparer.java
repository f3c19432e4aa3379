// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import userland.sim.Comparison;
import userland.sim.SimReport;
import userland.sim.SimRequest;
import userland.sim.Simulator.Progress;

/** Runs one request under several variants of a slot and with several seeds, on all host cores. */
final class Comparer {
    private static final int MOST_SEEDS = 10_000;

    private final Runner runner;
    private final SimRequest request;
    private final Progress listener;
    private final Comparison comparison = new Comparison();
    /** Of the runs with the first seed, in the order of the variants. */
    private final List<DecisionRecorder> recorders = new ArrayList<>();
    /** The first failure; the runs that ended because of it do not count. */
    private RuntimeException failure;

    /** Runs one request; {@code stage} names it for the progress. */
    @FunctionalInterface
    interface Runner {
        SimReport run(SimRequest request, String stage, Progress progress);
    }

    /** @param listener told how far the runs are, by one thread at a time; or null */
    Comparer(Runner runner, SimRequest request, Progress listener) {
        this.runner = runner;
        this.request = request;
        this.listener = listener;
    }

    Comparison compare(String slot, List<String> variants, int seeds) {
        if (variants.size() < 2) {
            throw new IllegalArgumentException("give at least two variants of slot " + slot + " to compare");
        }
        if (seeds < 1 || seeds > MOST_SEEDS) {
            throw new IllegalArgumentException("the number of seeds is " + seeds + "; give 1 to " + MOST_SEEDS);
        }
        comparison.slot = slot;
        comparison.variants.addAll(variants);
        for (int i = 0; i < seeds; i++) {
            comparison.seeds.add(request.seed + i);
        }
        for (int i = 0; i < variants.size(); i++) {
            recorders.add(new DecisionRecorder(i == 0 ? null : recorders.getFirst()));
        }
        try (ExecutorService cores = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            conclude(start(cores).stream().map(this::results).toList());
        }
        return comparison;
    }

    /** A list for each variant, with one run a seed. The runs with the first seed wait for the one they are compared with. */
    private List<List<CompletableFuture<SimReport>>> start(ExecutorService cores) {
        List<List<CompletableFuture<SimReport>>> runs = new ArrayList<>();
        for (int i = 0; i < comparison.variants.size(); i++) {
            int variant = i;
            List<CompletableFuture<SimReport>> own = new ArrayList<>();
            for (long seed : comparison.seeds) {
                boolean compared = variant > 0 && own.isEmpty();
                own.add(compared ? runs.getFirst().getFirst().thenApplyAsync(first -> run(variant, seed), cores)
                        : CompletableFuture.supplyAsync(() -> run(variant, seed), cores));
            }
            runs.add(own);
        }
        return runs;
    }

    private SimReport run(int variant, long seed) {
        SimRequest one = request.copy();
        one.variants.put(comparison.slot, comparison.variants.get(variant));
        one.seed = seed;
        one.sink = seed == request.seed ? recorders.get(variant) : null;
        try {
            return runner.run(one, stage(variant, seed), this::at);
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private synchronized RuntimeException failed(RuntimeException reason) {
        failure = failure == null ? reason : failure;
        return failure;
    }

    private String stage(int variant, long seed) {
        return comparison.slot + "=" + comparison.variants.get(variant)
                + (comparison.seeds.size() == 1 ? "" : ", seed " + seed);
    }

    /** Ends the other runs soon after one of them failed. */
    private synchronized void at(String stage, long virtualNanos, long events) {
        if (failure != null) {
            throw failure;
        }
        if (listener != null) {
            listener.at(stage, virtualNanos, events);
        }
    }

    private List<SimReport> results(List<CompletableFuture<SimReport>> runs) {
        try {
            return runs.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : e;
        }
    }

    private void conclude(List<List<SimReport>> reports) {
        for (Measures measure : Measures.values()) {
            comparison.measures.add(measure.of(reports));
        }
        comparison.measures.addAll(SlotMeasures.of(comparison.slot, reports));
        for (int i = 0; i < reports.size(); i++) {
            String variant = comparison.variants.get(i);
            comparison.reports.add(reports.get(i).getFirst());
            for (SimReport report : reports.get(i)) {
                report.failures.forEach(text ->
                        comparison.failures.add(variant + ", seed " + report.seed + ": " + text));
            }
            if (i > 0) {
                comparison.divergences.add(recorders.get(i).divergence(variant));
            }
        }
    }
}
