// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import java.util.Set;
import java.util.TreeSet;
import machine.core.engine.Engine;
import machine.core.engine.KernelPanic;
import machine.core.watchdog.CallbackWatch;
import machine.core.watchdog.EvictionReport;
import machine.core.watchdog.Overdue;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Stands between the core and the variant in one slot: lets the host watchdog see each call, and evicts who fails.
 *
 * <p>The port of a slot makes every call to its variant like this, and is marked with
 * {@link machine.core.watchdog.Guard}:
 *
 * <pre>{@code
 * int outer = guard.enter();
 * try {
 *     active.tick(cpu);
 *     guard.exit(outer);
 * } catch (Throwable e) {
 *     guard.threw("tick", outer, e, active == called);
 * }
 * }</pre>
 *
 * <p>An eviction happens at once, inside of the call: when {@link #threw} or {@link #evict} returns, the successor is in
 * place, and the port may ask it the same again. When nothing goes wrong a call costs a few plain stores.
 */
@ProviderType
public final class SlotGuard {
    private final Engine engine;
    private final CallbackWatch watch;
    private final String slot;
    private final String noun;
    private final String missing;
    private final Succession succession;
    private final Decisions decisions;
    /** Who failed in this kernel and was not chosen again: so evictions come to an end. */
    private final Set<String> evicted = new TreeSet<>();
    private Fallback fallback = (failed, fits) -> null;
    private VariantHandle handle;
    private int evictions;
    /** Evictions under way: successors that fail while they take over. */
    private int depth;

    /**
     * Makes the guard of a vacant slot.
     *
     * @param slot its name
     * @param noun what its variants are called in messages, for example {@code scheduler}
     * @param example symbolic name of a bundle that could be started for one
     * @param format writes decisions for people
     */
    public SlotGuard(Engine engine, String slot, String noun, String example, Decisions.Format format,
            Succession succession) {
        this.engine = engine;
        this.watch = engine.watch();
        this.slot = slot;
        this.noun = noun;
        missing = "no " + noun + ": start a bundle that provides kernel.slot=" + slot + ", for example " + example;
        this.succession = succession;
        decisions = new Decisions(engine, format);
    }

    /** Says who knows a successor for a variant that fails. */
    public void fallback(Fallback source) {
        fallback = source;
    }

    /**
     * Notes what fills the slot now, null for nothing, and returns what did before; the slot does so at commit.
     *
     * <p>Without a variant the kernel halts, and it goes on with the next one. Whoever is chosen is
     * {@linkplain #forgive forgiven}.
     */
    public VariantHandle fill(VariantHandle next) {
        VariantHandle before = handle;
        handle = next;
        if (next == null) {
            engine.halt(missing);
        } else {
            forgive(next.variant());
            if (engine.haltReason() != null && engine.haltReason().endsWith(missing)) {
                engine.resume();
            }
        }
        return before;
    }

    /** What a kernel says that waits for a variant. */
    public String missing() {
        return missing;
    }

    /** Whether a variant of that name failed here; it takes over from nobody until it is forgiven. */
    public boolean evicted(String variant) {
        return evicted.contains(variant);
    }

    /** Gives a variant that was evicted another chance: somebody chose it, or its bundle came anew. */
    public void forgive(String variant) {
        evicted.remove(variant);
    }

    /** The handle of the variant in the slot, or null. */
    public VariantHandle handle() {
        return handle;
    }

    /** The name of the variant in the slot, or null. */
    public String variant() {
        return handle == null ? null : handle.variant();
    }

    /** How many variants of this slot were evicted. */
    public int evictions() {
        return evictions;
    }

    /** What was decided last in this slot; right after a swap that is what the variant before did. */
    public Decisions decisions() {
        return decisions;
    }

    /** Whether there is somebody who could take over from the active variant. */
    public boolean hasFallback() {
        VariantHandle other = null;
        if (handle != null) {
            Set<String> unwanted = new TreeSet<>(evicted);
            unwanted.add(handle.variant());
            other = fallback.successor(unwanted, succession::accepts);
        }
        if (other != null) {
            other.release();
        }
        return other != null;
    }

    // ---- around each call

    /**
     * A call to the variant begins.
     *
     * @return what to give to {@link #exit} or {@link #threw}
     */
    public int enter() {
        return watch.enter();
    }

    /**
     * The call returned.
     *
     * @throws Overdue if the watchdog had given it up
     */
    public void exit(int outer) {
        watch.exit(outer);
    }

    /**
     * The call threw: evicts the variant that was called.
     *
     * @param called whether that is still the active one; if not, a call inside of this one has evicted it already
     */
    public void threw(String callback, int outer, Throwable failure, boolean called) {
        boolean overdue = watch.recover(outer);
        if (failure instanceof VirtualMachineError broken && !(failure instanceof StackOverflowError)) {
            throw broken;
        }
        if (called) {
            String problem = overdue ? "it " + Overdue.FAULT : "it threw " + text(failure);
            evict(overdue ? EvictionReport.Kind.OVERDUE : EvictionReport.Kind.THROW, callback, problem, failure);
        }
    }

    /** The call threw what is no fault of the variant; the caller throws it on. */
    public void leave(int outer) {
        watch.recover(outer);
    }

    /** Evicts the active variant: what it answered, or what it has, is wrong. */
    public void evict(EvictionReport.Kind kind, String callback, String problem) {
        evict(kind, callback, problem, null);
    }

    /** Evicts the active variant because somebody asked for it; nothing is asked of it any more, as if it had failed. */
    public void dismiss() {
        replace(EvictionReport.Kind.ASKED, noun + " " + variant() + " was evicted by hand", null);
    }

    private void evict(EvictionReport.Kind kind, String callback, String problem, Throwable cause) {
        replace(kind, noun + " " + variant() + " broke a rule in " + callback + ": " + problem, cause);
    }

    private void replace(EvictionReport.Kind kind, String fault, Throwable cause) {
        VariantHandle failed = handle;
        if (failed == null) {
            throw new KernelPanic("slot rule: slot " + slot + " is vacant, but " + fault, cause);
        }
        evictions++;
        String name = failed.variant();
        handle = null;
        succession.expel();
        evicted.add(name);
        VariantHandle next = successor();
        FaultRecord.add(engine, slot, kind, name, next == null ? null : next.variant(), fault, decisions.lines(), cause);
        decisions.clear();
        failed.release();
        handle = next;
        depth++;
        try {
            succession.succeed(next);
        } finally {
            depth--;
        }
        if (handle == null && depth == 0) {
            vacated(evicted.size() < 2 ? fault : fault + "; evicted are " + String.join(", ", evicted));
        }
    }

    /** Nobody took over: the kernel halts until somebody does, or ends. */
    private void vacated(String fault) {
        String obstacle = succession.obstacle();
        if (obstacle != null) {
            throw new KernelPanic(fault + "; " + obstacle);
        }
        engine.halt(fault + "; " + missing);
    }

    private VariantHandle successor() {
        VariantHandle next = fallback.successor(Set.copyOf(evicted), succession::accepts);
        if (next == null || !evicted.contains(next.variant())) {
            return next;
        }
        next.release();
        return null;
    }

    /** The text of an exception is code of the variant, too. */
    private static String text(Throwable failure) {
        try {
            return failure.toString();
        } catch (Throwable worse) {
            return failure.getClass().getName();
        }
    }
}
