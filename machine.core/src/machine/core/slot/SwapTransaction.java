// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import machine.core.engine.KernelPanic;
import machine.core.event.EventType;
import machine.core.watchdog.CallbackWatch;
import machine.core.watchdog.Guard;

/**
 * One swap under way.
 *
 * <p>The host watchdog sees every step of it: a variant that hangs in one makes the swap fail, as one that throws does.
 */
@Guard
final class SwapTransaction {

    private static final EventType COMMIT = EventType.of("swap.commit", "slot", "moved");
    private static final EventType REFUSED = EventType.of("swap.refused", "slots");

    /** One slot's share. */
    private static final class Part {
        final Slot slot;
        final String from;
        final VariantHandle next;
        final SlotSwap swap;

        Part(Slot slot, VariantHandle next, SlotSwap swap) {
            this.slot = slot;
            this.from = slot.active();
            this.next = next;
            this.swap = swap;
        }
    }

    /** What one phase does to one part. */
    private interface Action {
        void on(Part part) throws SwapException;
    }

    private final Engine engine;
    private final SlotTable slots;
    private final VariantSource variants;
    private final List<SwapRequest> requests;
    private final List<Part> parts = new ArrayList<>();
    private final List<SwapReport.Phase> phases = new ArrayList<>();
    private final CallbackWatch watch;
    private long phaseStart;

    SwapTransaction(Engine engine, SlotTable slots, VariantSource variants, List<SwapRequest> requests) {
        this.engine = engine;
        this.slots = slots;
        this.variants = variants;
        this.requests = requests;
        watch = engine.watch();
    }

    SwapReport run() {
        long at = engine.nowNanos();
        phaseStart = System.nanoTime();
        try {
            prepare();
            quiesce();
            phase("export", part -> part.swap.export());
            phase("import", part -> part.swap.importState());
        } catch (Throwable failure) {
            return refuse(at, failure);
        }
        return commit(at);
    }

    private void prepare() throws SwapException {
        if (requests.isEmpty()) {
            throw new SwapException("no slot to change was named");
        }
        Set<String> named = new HashSet<>();
        for (SwapRequest request : requests) {
            if (!named.add(request.slot())) {
                throw new SwapException("slot " + request.slot() + " is named twice");
            }
            watched("prepare", () -> prepare(request));
        }
        endPhase("prepare");
    }

    private String whyNot(String slot, String variant) {
        List<VariantInfo> present = variants.variants(slot);
        for (VariantInfo info : present) {
            if (info.variant().equals(variant)) {
                return "bundle " + info.bundle() + " could not make its variant " + variant + " of slot " + slot
                        + "; standard error says why";
            }
        }
        return "slot " + slot + " has no variant " + variant + "; there are "
                + present.stream().map(VariantInfo::variant).toList();
    }

    /** One step that calls variants. */
    private interface Step {
        void run() throws SwapException;
    }

    private void watched(String name, Step step) throws SwapException {
        int outer = watch.enter();
        try {
            step.run();
            watch.exit(outer);
        } catch (Throwable failure) {
            watch.recover(outer);
            throw failure;
        }
    }

    private void prepare(SwapRequest request) throws SwapException {
        Slot slot = slots.find(request.slot());
        if (slot == null) {
            throw new SwapException("there is no slot " + request.slot() + "; slots are "
                    + slots.slots().stream().map(Slot::name).toList());
        }
        VariantHandle next = acquire(slot, request.variant());
        try {
            parts.add(new Part(slot, next, slot.prepare(next)));
        } catch (Throwable failure) {
            releaseNew(next);
            throw failure;
        }
    }

    private VariantHandle acquire(Slot slot, String variant) throws SwapException {
        if (variant == null) {
            return null;
        }
        VariantHandle next = variants.acquire(slot.name(), variant);
        if (next == null) {
            throw new SwapException(whyNot(slot.name(), variant));
        }
        if (!slot.variantType().isInstance(next.instance())) {
            releaseNew(next);
            throw new SwapException("variant " + variant + " does not implement "
                    + slot.variantType().getName() + ", which slot " + slot.name() + " needs");
        }
        return next;
    }

    private void quiesce() throws SwapException {
        for (int i = 0; i < engine.cpuCount(); i++) {
            Cpu cpu = engine.cpu(i);
            if (cpu.spinDepth() != 0) {
                throw new SwapException(cpu + " holds a spin mutex at a safe point");
            }
        }
        endPhase("quiesce");
    }

    private void phase(String name, Action action) throws SwapException {
        for (Part part : parts) {
            try {
                watched(name, () -> action.on(part));
            } catch (Throwable failure) {
                throw new SwapException("slot " + part.slot.name() + ", " + name + ": " + text(failure), failure);
            }
        }
        endPhase(name);
    }

    private void endPhase(String name) {
        long now = System.nanoTime();
        phases.add(new SwapReport.Phase(name, now - phaseStart));
        phaseStart = now;
    }

    private SwapReport commit(long at) {
        List<SlotChange> changes = new ArrayList<>();
        try {
            for (Part part : parts) {
                part.swap.commit();
            }
            endPhase("commit");
            for (Part part : parts) {
                watched("release", () -> changes.add(release(part)));
            }
        } catch (RuntimeException | Error | SwapException failure) {
            throw new KernelPanic("the commit of a swap must not fail, but did: " + text(failure), failure);
        }
        endPhase("release");
        long pause = Swapper.PAUSE_NANOS;
        for (SlotChange change : changes) {
            engine.events().log(COMMIT, EventType.of(change.slot()).id(), change.moved(), 0);
            pause += Swapper.PAUSE_PER_MOVED_NANOS * change.moved();
        }
        engine.stall(pause);
        return new SwapReport(List.copyOf(changes), at, pause, List.copyOf(phases), SwapReport.COMMITTED);
    }

    private static SlotChange release(Part part) {
        VariantHandle old = part.swap.release();
        WeakReference<Object> reference = new WeakReference<>(old == null ? null : old.instance());
        if (old != null) {
            old.release();
        }
        String to = part.next == null ? null : part.next.variant();
        return new SlotChange(part.slot.name(), part.from, to, part.swap.moved(), reference);
    }

    private SwapReport refuse(long at, Throwable failure) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            rollBack(parts.get(i));
        }
        endPhase("rollback");
        engine.events().log(REFUSED, requests.size(), 0, 0);
        return new SwapReport(List.of(), at, 0, List.copyOf(phases), "refused: " + text(failure));
    }

    /** An active variant that does not take its state back is evicted. */
    private void rollBack(Part part) {
        SlotGuard guard = part.slot.guard();
        int outer = watch.enter();
        try {
            part.swap.rollback();
            watch.exit(outer);
        } catch (RuntimeException | Error broken) {
            if (guard == null || guard.handle() == null || broken instanceof KernelPanic) {
                watch.recover(outer);
                throw new KernelPanic("the rollback of slot " + part.slot.name() + " must not fail, but did: "
                        + text(broken), broken);
            }
            guard.threw("rollback", outer, broken, true);
        }
        releaseNew(part.next);
    }

    private static void releaseNew(VariantHandle next) {
        if (next != null) {
            next.release();
        }
    }

    private static String text(Throwable failure) {
        return failure instanceof SwapException ? failure.getMessage() : failure.toString();
    }
}
