// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import kernel.lwp.kernel.Kernel;
import machine.core.slot.Slot;
import machine.core.slot.SlotChange;
import machine.core.slot.SwapReport;
import machine.core.slot.SwapRequest;
import machine.core.slot.VariantInfo;
import machine.core.slot.VariantSource;
import userland.quantity.DurationText;
import userland.sim.SimReport;
import userland.sim.SwapOption;

/** Makes the swaps of a run when their time has come, and keeps what came of them. */
final class SwapSchedule {
    /** Collections that the garbage collector is asked for until an old variant must be gone. */
    private static final int COLLECTIONS = 20;
    private static final long BETWEEN_COLLECTIONS_MILLIS = 10;

    private final Deque<SwapOption> pending;
    private final List<SimReport.Swap> done = new ArrayList<>();
    private final List<SlotChange> changes = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    SwapSchedule(List<SwapOption> swaps) {
        List<SwapOption> sorted = new ArrayList<>(swaps);
        sorted.sort(Comparator.comparingLong(SwapOption::atNanos));
        pending = new ArrayDeque<>(sorted);
    }

    /**
     * Checks that what is asked for exists and comes in time.
     *
     * @param durationNanos of the run, or negative
     * @throws IllegalArgumentException naming the slot or variant and what there is
     */
    void check(VariantSource variants, long durationNanos) {
        for (SwapOption swap : pending) {
            if (durationNanos >= 0 && swap.atNanos() > durationNanos) {
                throw new IllegalArgumentException("the swap at " + DurationText.format(swap.atNanos())
                        + " comes after the end of the run at " + DurationText.format(durationNanos));
            }
            swap.variants().forEach((slot, variant) -> requireVariant(variants, slot, variant));
        }
    }

    /** Fails, naming what there is, when a slot has no such variant. */
    static void requireVariant(VariantSource variants, String slot, String variant) {
        List<String> there = variants.variants(slot).stream().map(VariantInfo::variant).toList();
        if (there.isEmpty()) {
            throw new IllegalArgumentException("no slot '" + slot + "' to swap; there are "
                    + String.join(", ", variants.slots()));
        }
        if (!there.contains(variant)) {
            throw new IllegalArgumentException("slot " + slot + " has no variant '" + variant
                    + "'; there are " + String.join(", ", there));
        }
    }

    /** Virtual time of the next swap, {@link Long#MAX_VALUE} when there is none. */
    long nextNanos() {
        return pending.isEmpty() ? Long.MAX_VALUE : pending.peek().atNanos();
    }

    /** Makes the next swap now. */
    void makeNext(Kernel kernel) {
        SwapOption swap = pending.remove();
        List<SwapRequest> requests = new ArrayList<>();
        swap.variants().forEach((slot, variant) -> requests.add(new SwapRequest(slot, variant)));
        Map<String, String> before = kernel.ask(engine -> active(kernel, swap));
        SwapReport report = kernel.swap(requests);
        changes.addAll(report.changes());
        swap.variants().forEach((slot, variant) -> done.add(entry(slot, before.get(slot), variant, report)));
        if (!report.committed()) {
            failures.add("swap of " + swap.variants() + " at " + report.atNanos() + " ns was " + report.outcome());
        }
    }

    private static Map<String, String> active(Kernel kernel, SwapOption swap) {
        Map<String, String> active = new java.util.HashMap<>();
        for (String name : swap.variants().keySet()) {
            Slot slot = kernel.slots().find(name);
            active.put(name, slot == null ? null : slot.active());
        }
        return active;
    }

    private static SimReport.Swap entry(String slot, String from, String to, SwapReport report) {
        SimReport.Swap swap = new SimReport.Swap();
        swap.slot = slot;
        swap.from = from;
        swap.to = to;
        swap.atNanos = report.atNanos();
        swap.outcome = report.outcome();
        swap.virtualPauseNanos = report.virtualPauseNanos();
        report.phases().forEach(phase -> swap.phases.merge(phase.name(), phase.hostNanos(), Long::sum));
        for (SlotChange change : report.changes()) {
            if (change.slot().equals(slot)) {
                swap.moved = change.moved();
            }
        }
        return swap;
    }

    /** Finds out which old variants nothing holds any more; called when the run is over. */
    List<SimReport.Swap> report() {
        List<SlotChange> left = new ArrayList<>(changes);
        for (int i = 0; i < COLLECTIONS && !left.isEmpty(); i++) {
            System.gc();
            left.removeIf(SlotChange::oldCollected);
            pause(left);
        }
        int next = 0;
        for (SimReport.Swap swap : done) {
            if (SwapReport.COMMITTED.equals(swap.outcome)) {
                swap.loaderReleased = changes.get(next++).oldCollected();
            }
        }
        return done;
    }

    private static void pause(List<SlotChange> left) {
        if (left.isEmpty()) {
            return;
        }
        try {
            Thread.sleep(BETWEEN_COLLECTIONS_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            left.clear();
        }
    }

    /** Swaps that did not take place. */
    List<String> failures() {
        return failures;
    }
}
