// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import kernel.vm.page.VmPage;
import kernel.vm.pmap.VmProt;

/** What range operations do to each leaf. One object of each per module, since operations never overlap. */
final class LeafActions {
    private final LeafVisitor removing;
    private final LeafVisitor removingUnwired;
    private final Lower lowering;
    private final Copy copying;
    private final LeafVisitor unwiring;

    LeafActions(RadixPmapModule module) {
        removing = new Remove(module, true);
        removingUnwired = new Remove(module, false);
        lowering = new Lower(module);
        copying = new Copy(module);
        unwiring = new Unwire(module);
    }

    LeafVisitor removing() {
        return removing;
    }

    LeafVisitor removingUnwired() {
        return removingUnwired;
    }

    Lower lowering() {
        return lowering;
    }

    Copy copying() {
        return copying;
    }

    LeafVisitor unwiring() {
        return unwiring;
    }

    /** Drops mappings. */
    static final class Remove implements LeafVisitor {
        private final RadixPmapModule module;
        private final boolean wiredToo;

        Remove(RadixPmapModule module, boolean wiredToo) {
            this.module = module;
            this.wiredToo = wiredToo;
        }

        @Override
        public void leaf(RadixPmap pmap, long va, long table, long slot, long entry) {
            if (wiredToo || !module.format().wired(entry)) {
                pmap.leaves().uninstall(va, table, slot, entry);
                module.chargeDescriptors(1);
            }
        }

        @Override
        public boolean superpage(RadixPmap pmap, long va, long slot, long leaf, boolean whole) {
            boolean removes = wiredToo || !module.format().wired(leaf);
            if (removes && whole) {
                module.superpages().remove(pmap, va, slot, leaf);
            }
            return whole || !removes;
        }
    }

    /** Takes rights away. */
    static final class Lower implements LeafVisitor {
        private final RadixPmapModule module;
        private int prot;

        Lower(RadixPmapModule module) {
            this.module = module;
        }

        Lower to(int target) {
            prot = target;
            return this;
        }

        @Override
        public void leaf(RadixPmap pmap, long va, long table, long slot, long entry) {
            EntryFormat format = module.format();
            long fresh = lowered(entry);
            if (fresh == entry) {
                return;
            }
            pmap.tables().write(slot, fresh);
            module.chargeDescriptors(1);
            if (module.managed(entry) && format.modified(entry) && !format.modified(fresh)) {
                VmPage page = module.page(format.frame(entry));
                page.markDirty();
            }
            if (pmap.leaves().grantsLess(entry, fresh)) {
                module.batch().add(va);
            }
        }

        private long lowered(long entry) {
            EntryFormat format = module.format();
            long fresh = (prot & VmProt.WRITE) == 0 ? format.readOnly(entry) : entry;
            return (prot & VmProt.EXEC) == 0 ? format.noExecute(fresh) : fresh;
        }

        @Override
        public boolean superpage(RadixPmap pmap, long va, long slot, long leaf, boolean whole) {
            long fresh = lowered(leaf);
            if (whole && fresh != leaf) {
                module.superpages().rewrite(pmap, va, slot, leaf, fresh);
            }
            return whole || fresh == leaf;
        }
    }

    /** Ends the wiring of mappings. */
    static final class Unwire implements LeafVisitor {
        private final RadixPmapModule module;

        Unwire(RadixPmapModule module) {
            this.module = module;
        }

        @Override
        public void leaf(RadixPmap pmap, long va, long table, long slot, long entry) {
            if (module.format().wired(entry)) {
                pmap.leaves().wire(slot, entry, false);
                module.chargeDescriptors(1);
            }
        }

        @Override
        public boolean superpage(RadixPmap pmap, long va, long slot, long leaf, boolean whole) {
            boolean wired = module.format().wired(leaf);
            if (wired && whole) {
                module.superpages().wire(pmap, slot, leaf, false);
            }
            return whole || !wired;
        }
    }

    /** Copies mappings into another pmap until memory is short. */
    static final class Copy implements LeafVisitor {
        private final RadixPmapModule module;
        private RadixPmap destination;

        Copy(RadixPmapModule module) {
            this.module = module;
        }

        Copy to(RadixPmap target) {
            destination = target;
            return this;
        }

        void end() {
            destination = null;
        }

        @Override
        public void leaf(RadixPmap pmap, long va, long table, long slot, long entry) {
            if (destination != null && module.managed(entry) && !destination.accept(va, entry)) {
                destination = null;
            }
        }

        /** A superpage of which the range has only a part is left to faults. */
        @Override
        public boolean superpage(RadixPmap pmap, long va, long slot, long leaf, boolean whole) {
            if (destination != null && whole && !module.superpages().copy(destination, va, leaf)) {
                destination = null;
            }
            return true;
        }
    }
}
