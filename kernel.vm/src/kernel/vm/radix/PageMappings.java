// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import kernel.vm.page.VmPage;

/** Operations on every mapping of one page. */
final class PageMappings {
    /** PMAP_TS_REFERENCED_MAX of FreeBSD. */
    static final int MAX_REFERENCES = 5;

    private final RadixPmapModule module;
    private final EntryFormat format;
    private final PvLists pv;

    PageMappings(RadixPmapModule module) {
        this.module = module;
        format = module.format();
        pv = module.pv();
    }

    void removeAll(VmPage page) {
        while (page.pvHead() != 0) {
            int entry = page.pvHead();
            RadixPmap pmap = module.pmap(pv.pmap(entry));
            long va = pv.address(entry);
            RadixTables tables = pmap.tables();
            long table = tables.leafTable(va);
            long slot = tables.slot(table, va);
            pmap.leaves().uninstall(va, table, slot, tables.read(slot));
            if (module.store().live(table) == 0) {
                tables.prune(va);
            }
            module.chargeDescriptors(1);
            module.finish(pmap);
        }
        page.writeable(false);
    }

    void removeWrite(VmPage page) {
        int head = page.pvHead();
        int entry = head;
        while (entry != 0) {
            RadixPmap pmap = module.pmap(pv.pmap(entry));
            long va = pv.address(entry);
            long slot = pmap.tables().leafSlot(va);
            long old = pmap.tables().read(slot);
            long fresh = format.readOnly(old);
            if (fresh != old) {
                if (format.modified(old)) {
                    page.markDirty();
                }
                replace(pmap, va, slot, fresh, pmap.leaves().grantsLess(old, fresh));
            }
            entry = after(entry, head);
        }
        page.writeable(false);
    }

    boolean isModified(VmPage page) {
        int head = page.pvHead();
        for (int entry = head; entry != 0; entry = after(entry, head)) {
            if (format.modified(leaf(entry))) {
                return true;
            }
        }
        return false;
    }

    boolean isReferenced(VmPage page) {
        int head = page.pvHead();
        for (int entry = head; entry != 0; entry = after(entry, head)) {
            if (format.referenced(leaf(entry))) {
                return true;
            }
        }
        return false;
    }

    void clearModify(VmPage page) {
        int head = page.pvHead();
        for (int entry = head; entry != 0; entry = after(entry, head)) {
            RadixPmap pmap = module.pmap(pv.pmap(entry));
            long va = pv.address(entry);
            long slot = pmap.tables().leafSlot(va);
            long old = pmap.tables().read(slot);
            if (format.modified(old)) {
                replace(pmap, va, slot, format.withModified(old, false), format.mayBeCached(old));
            }
        }
    }

    /** Clears referenced bits until {@code limit} were found set; returns how many. */
    int clearReferenced(VmPage page, int limit) {
        int found = 0;
        for (int left = page.pvCount(); left > 0 && found < limit; left--) {
            int entry = page.pvHead();
            RadixPmap pmap = module.pmap(pv.pmap(entry));
            long va = pv.address(entry);
            long slot = pmap.tables().leafSlot(va);
            long old = pmap.tables().read(slot);
            if (format.referenced(old)) {
                replace(pmap, va, slot, format.withReferenced(old, false), format.invalidateOnClearReference());
                found++;
            }
            pv.rotate(page);
        }
        return found;
    }

    private void replace(RadixPmap pmap, long va, long slot, long fresh, boolean invalidate) {
        pmap.tables().write(slot, fresh);
        module.chargeDescriptors(1);
        if (invalidate) {
            module.batch().add(va);
            module.finish(pmap);
        }
    }

    private long leaf(int entry) {
        RadixTables tables = module.pmap(pv.pmap(entry)).tables();
        return tables.read(tables.leafSlot(pv.address(entry)));
    }

    private int after(int entry, int head) {
        int next = pv.next(entry);
        return next == head ? 0 : next;
    }
}
