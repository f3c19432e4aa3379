// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import kernel.vm.page.VmPage;
import kernel.vm.pmap.VmProt;

/** What range operations do to each leaf. One object of each per module, since operations never overlap. */
final class LeafActions {
    private LeafActions() {}

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
            long fresh = entry;
            if ((prot & VmProt.WRITE) == 0) {
                fresh = format.readOnly(fresh);
            }
            if ((prot & VmProt.EXEC) == 0) {
                fresh = format.noExecute(fresh);
            }
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
    }
}
