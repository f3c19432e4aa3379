// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import kernel.vm.object.VmContext;
import kernel.vm.object.VmProfile;
import machine.core.slot.Slot;
import machine.core.slot.SlotSwap;
import machine.core.slot.VariantHandle;

/** The slot {@code vm}: how faithful the memory layer is. A profile is a value, so nothing has to cross. */
final class VmSlot implements Slot {
    private final VmContext context;
    private VariantHandle active;

    VmSlot(VmContext context) {
        this.context = context;
    }

    @Override
    public String name() {
        return "vm";
    }

    @Override
    public Class<?> variantType() {
        return VmProfile.class;
    }

    @Override
    public String active() {
        return active == null ? null : active.variant();
    }

    @Override
    public SlotSwap prepare(VariantHandle next) {
        return new Swap(next);
    }

    /** Replaces the profile; without one the memory layer keeps the last. */
    private final class Swap implements SlotSwap {
        private final VariantHandle next;
        private VariantHandle old;

        Swap(VariantHandle next) {
            this.next = next;
        }

        @Override
        public void export() {
            // A profile has no state.
        }

        @Override
        public void importState() {
            // A profile has no state.
        }

        @Override
        public void commit() {
            old = active;
            active = next;
            if (next != null) {
                context.profile((VmProfile) next.instance());
            }
        }

        @Override
        public void rollback() {
            // Nothing was changed.
        }

        @Override
        public VariantHandle release() {
            VariantHandle given = old;
            old = null;
            return given;
        }

        @Override
        public int moved() {
            return 0;
        }
    }
}
