// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import kernel.vm.map.MapIndexKind;
import kernel.vm.map.VmSpaces;
import machine.core.slot.Slot;
import machine.core.slot.SlotGuard;
import machine.core.slot.SlotSwap;
import machine.core.slot.SwapException;
import machine.core.slot.VariantHandle;

/** The slot {@code mapindex}: how maps find their entries. A swap builds the new index of every map from its entries. */
final class MapIndexSlot implements Slot {
    private final VmSpaces spaces;

    MapIndexSlot(VmSpaces spaces) {
        this.spaces = spaces;
    }

    @Override
    public String name() {
        return "mapindex";
    }

    @Override
    public Class<?> variantType() {
        return MapIndexKind.class;
    }

    @Override
    public SlotGuard guard() {
        return spaces.guard();
    }

    @Override
    public SlotSwap prepare(VariantHandle next) {
        return new Swap(next);
    }

    /** Rebuilds at import; without a next one with the index of the memory layer itself, so that no code of a bundle stays. */
    private final class Swap implements SlotSwap {
        private final VariantHandle next;
        private final MapIndexKind before = spaces.index();
        private VariantHandle old;
        private boolean rebuilt;
        private int moved;

        Swap(VariantHandle next) {
            this.next = next;
        }

        @Override
        public void export() {
            // The list of entries is the state, and it stays.
        }

        @Override
        public void importState() throws SwapException {
            rebuilt = true;
            try {
                moved = spaces.index(next == null ? MapIndexKind.chunks() : (MapIndexKind) next.instance());
            } catch (IllegalStateException e) {
                throw new SwapException(e.getMessage());
            } catch (RuntimeException | LinkageError e) {
                throw new SwapException("map index " + (next == null ? "chunks" : next.variant()) + " failed: " + e);
            }
        }

        @Override
        public void commit() {
            old = spaces.guard().fill(next);
        }

        @Override
        public void rollback() {
            if (rebuilt) {
                spaces.index(before);
            }
        }

        @Override
        public VariantHandle release() {
            VariantHandle given = old;
            old = null;
            return given;
        }

        @Override
        public int moved() {
            return moved;
        }
    }
}
