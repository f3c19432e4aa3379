// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import java.util.List;
import machine.core.engine.Engine;

/** Swaps the variants of one or more slots in one transaction. */
public final class Swapper {

    /** Makes the swapper of one kernel. */
    public Swapper(Engine engine, SlotTable slots, VariantSource variants) {
    }

    /**
     * Swaps; called at a safe point ({@link Engine#current()} is null).
     *
     * @return what happened; if the outcome is not {@code committed}, nothing has changed
     * @throws IllegalStateException if called from inside a context or an interrupt
     */
    public SwapReport swap(List<SwapRequest> requests) {
        throw new UnsupportedOperationException();
    }
}
