// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import static kernel.vm.radix.TableStore.NONE;

import kernel.vm.page.VmPage;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.VmProt;
import machine.core.engine.KernelPanic;

/** How pages get into one address space: pmap_enter, pmap_enter_quick and the leaves of pmap_copy. */
final class Entering {
    private final RadixPmapModule module;
    private final EntryFormat format;
    private final RadixPmap pmap;
    private final RadixTables tables;
    private final Leaves leaves;

    Entering(RadixPmapModule module, RadixPmap pmap) {
        this.module = module;
        this.pmap = pmap;
        format = module.format();
        tables = pmap.tables();
        leaves = pmap.leaves();
    }

    int enter(long va, VmPage page, int prot, int flags) {
        requireWriteable(page, prot);
        if (module.superpages().grants(pmap, va, leaves.fresh(page, prot, flags))) {
            module.counters().enters++;
            return KernResult.SUCCESS;
        }
        module.superpages().splitTable(pmap, va);
        long table = tables.makeLeafTable(va);
        if (table == NONE) {
            return KernResult.RESOURCE_SHORTAGE;
        }
        long slot = tables.slot(table, va);
        long old = tables.read(slot);
        long fresh = leaves.fresh(page, prot, flags);
        if (!format.present(old)) {
            leaves.install(va, page, table, slot, fresh);
            syncInstructions(VmProt.NONE, prot);
        } else if (format.frame(old) == page.physicalAddress()) {
            leaves.update(va, page, slot, old, fresh);
            module.invalidations().finish(pmap);
            syncInstructions(format.prot(old), prot);
        } else {
            leaves.uninstall(va, table, slot, old);
            module.invalidations().finish(pmap);
            leaves.install(va, page, table, slot, fresh);
            syncInstructions(VmProt.NONE, prot);
        }
        module.counters().enters++;
        module.chargeDescriptors(1);
        if (module.store().live(table) == module.superpages().pages()) {
            module.superpages().promote(pmap, va, table);
        }
        return KernResult.SUCCESS;
    }

    private static void requireWriteable(VmPage page, int prot) {
        if ((prot & VmProt.WRITE) != 0 && !page.unmanaged() && !page.writeable()) {
            throw new KernelPanic("a page is marked writeable before a writable mapping of it is entered: " + page);
        }
    }

    private void syncInstructions(int oldProt, int prot) {
        if (format.separateInstructionCache() && (prot & ~oldProt & VmProt.EXEC) != 0) {
            module.chargeInstructionSync();
        }
    }

    void enterQuick(long va, VmPage page, int prot) {
        int granted = prot & ~VmProt.WRITE;
        long table = tables.leafTable(va);
        if (table == NONE || granted == VmProt.NONE) {
            return;
        }
        long slot = tables.slot(table, va);
        if (format.present(tables.read(slot))) {
            return;
        }
        leaves.install(va, page, table, slot, leaves.quick(page, granted));
        syncInstructions(VmProt.NONE, granted);
        module.counters().quickEnters++;
        module.chargeDescriptors(1);
    }

    /** Copies a leaf of a parent, read-only; false when memory is short. */
    boolean copy(long va, long source) {
        long table = tables.makeLeafTable(va);
        if (table == NONE) {
            return false;
        }
        long slot = tables.slot(table, va);
        if (!format.present(tables.read(slot))) {
            int granted = format.prot(source) & ~VmProt.WRITE;
            long frame = format.frame(source);
            leaves.install(va, module.page(frame), table, slot, format.leaf(frame, granted, EntryFormat.SET_MANAGED));
            module.chargeDescriptors(1);
        }
        return true;
    }
}
