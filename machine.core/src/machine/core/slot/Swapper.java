// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import java.util.List;
import machine.core.engine.Engine;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Swaps the variants of one or more slots in one transaction.
 *
 * <p>Phases: prepare, quiesce, export, import, commit, release; all slots finish one phase before the
 * next begins. Any failure before commit rolls all of them back, in reverse order. The machine stands
 * still meanwhile, for {@value #PAUSE_NANOS} ns of virtual time and {@value #PAUSE_PER_MOVED_NANOS} ns
 * for each thing moved: figures of this workbench, chosen so that a swap is visible on the timeline. A
 * refused swap takes no virtual time.
 */
@ProviderType
public final class Swapper {

    /** Virtual time a swap takes in any case. */
    public static final long PAUSE_NANOS = 10_000;
    /** Virtual time for each task, page or other thing that crosses. */
    public static final long PAUSE_PER_MOVED_NANOS = 20;

    private final Engine engine;
    private final SlotTable slots;
    private final VariantSource variants;

    /** Makes the swapper of one kernel. */
    public Swapper(Engine engine, SlotTable slots, VariantSource variants) {
        this.engine = engine;
        this.slots = slots;
        this.variants = variants;
    }

    /**
     * Swaps; called at a safe point ({@link Engine#current()} is null).
     *
     * @param requests one for each slot to change
     * @return what happened; if the outcome is not {@code committed}, nothing has changed
     * @throws IllegalStateException if called from inside a context or an interrupt
     */
    public SwapReport swap(List<SwapRequest> requests) {
        if (engine.current() != null) {
            throw new IllegalStateException("a swap has to be posted to the engine, it cannot run inside the kernel");
        }
        return new SwapTransaction(engine, slots, variants, requests).run();
    }
}
