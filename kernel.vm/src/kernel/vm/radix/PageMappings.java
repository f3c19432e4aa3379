// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import kernel.vm.page.VmPage;
import kernel.vm.pmap.VmProt;

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
            RadixPmap pmap = module.pmaps().get(pv.pmap(entry));
            long va = pv.address(entry);
            RadixTables tables = pmap.tables();
            long table = module.superpages().splitTable(pmap, va);
            if (table == TableStore.NONE) {
                continue;
            }
            long slot = tables.slot(table, va);
            pmap.leaves().uninstall(va, table, slot, tables.read(slot));
            if (module.store().live(table) == 0) {
                tables.prune(va);
            }
            module.chargeDescriptors(1);
            module.invalidations().finish(pmap);
        }
        page.writeable(false);
    }

    void removeWrite(VmPage page) {
        demoteWritable(page, false);
        int head = page.pvHead();
        for (int entry = head; entry != 0; entry = after(entry, head)) {
            RadixPmap pmap = module.pmaps().get(pv.pmap(entry));
            long va = pv.address(entry);
            long old = pmap.tables().leaf(va);
            long fresh = format.readOnly(old);
            if (fresh != old && (format.prot(old) & VmProt.WRITE) != 0) {
                if (format.modified(old)) {
                    page.markDirty();
                }
                replace(pmap, va, fresh, pmap.leaves().grantsLess(old, fresh));
            }
        }
        page.writeable(false);
    }

    /**
     * Breaks up writable superpages that map a page; a demotion may drop one, so the list is begun again after each.
     *
     * @param clears whether the page's own leaf is to lose its modified bit
     */
    private void demoteWritable(VmPage page, boolean clears) {
        if (module.superpages().pages() == 0) {
            return;
        }
        int head = page.pvHead();
        int entry = head;
        while (entry != 0) {
            RadixPmap pmap = module.pmaps().get(pv.pmap(entry));
            long va = pv.address(entry);
            boolean large = pmap.tables().leafTable(va) == TableStore.NONE;
            if (large && (format.prot(pmap.tables().leaf(va)) & VmProt.WRITE) != 0) {
                module.superpages().demote(pmap, va);
                if (clears) {
                    clearDemoted(pmap, va);
                }
                head = page.pvHead();
                entry = head;
            } else {
                entry = after(entry, head);
            }
        }
    }

    /** A page that a superpage mapped loses its write permission too, so that the next write may promote again. */
    private void clearDemoted(RadixPmap pmap, long va) {
        long leaf = pmap.tables().leaf(va);
        if (format.modified(leaf) && !format.wired(leaf)) {
            replace(pmap, va, format.readOnly(leaf), format.mayBeCached(leaf));
        }
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
        demoteWritable(page, true);
        int head = page.pvHead();
        for (int entry = head; entry != 0; entry = after(entry, head)) {
            RadixPmap pmap = module.pmaps().get(pv.pmap(entry));
            long va = pv.address(entry);
            long old = pmap.tables().leaf(va);
            if (format.modified(old)) {
                replace(pmap, va, format.withModified(old, false), format.mayBeCached(old));
            }
        }
    }

    /** Clears referenced bits until {@code limit} were found set; returns how many. */
    int clearReferenced(VmPage page, int limit) {
        int found = 0;
        for (int left = page.pvCount(); left > 0 && found < limit; left--) {
            int entry = page.pvHead();
            RadixPmap pmap = module.pmaps().get(pv.pmap(entry));
            long va = pv.address(entry);
            long old = pmap.tables().leaf(va);
            if (format.referenced(old)) {
                clearReference(pmap, va, old);
                found++;
            }
            pv.rotate(page);
        }
        return found;
    }

    private void clearReference(RadixPmap pmap, long va, long old) {
        if (pmap.tables().leafTable(va) == TableStore.NONE) {
            module.superpages().clearReference(pmap, va);
        } else {
            replace(pmap, va, format.withReferenced(old, false), format.invalidateOnClearReference());
        }
    }

    private void replace(RadixPmap pmap, long va, long fresh, boolean invalidate) {
        pmap.tables().write(pmap.tables().leafSlot(va), fresh);
        module.chargeDescriptors(1);
        if (invalidate) {
            module.batch().add(va);
            module.invalidations().finish(pmap);
        }
    }

    private long leaf(int entry) {
        return module.pmaps().get(pv.pmap(entry)).tables().leaf(pv.address(entry));
    }

    private int after(int entry, int head) {
        int next = pv.next(entry);
        return next == head ? 0 : next;
    }
}
