// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.testing;

import kernel.vm.clock.Clock;
import kernel.vm.system.VmSystem;
import kernel.vm.twoqueue.TwoQueue;
import machine.core.slot.FixedVariants;
import machine.core.slot.Slot;
import machine.core.slot.SlotSwap;
import machine.core.slot.SwapException;
import machine.core.slot.VariantHandle;

/** Fills slots without a kernel around them. */
public final class Policies {
    private Policies() {
    }

    /** The shipped pageout policies. */
    public static FixedVariants variants() {
        return new FixedVariants().add("pageout", "twoqueue", TwoQueue::new).add("pageout", "clock", Clock::new);
    }

    /** Makes a shipped pageout policy the active one. */
    public static void plug(VmSystem vm, String policy) {
        plug(vm.pageout().slot(), variants().acquire("pageout", policy));
    }

    /** Swaps, and must succeed. */
    public static void plug(Slot slot, VariantHandle next) {
        try {
            SlotSwap swap = slot.prepare(next);
            swap.export();
            swap.importState();
            swap.commit();
            VariantHandle old = swap.release();
            if (old != null) {
                old.release();
            }
        } catch (SwapException e) {
            throw new AssertionError(e);
        }
    }
}
