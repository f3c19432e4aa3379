// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import static kernel.vm.radix.TableStore.NONE;

import kernel.vm.pmap.SuperpageStats;
import kernel.vm.pmap.VmProt;
import machine.core.memory.PhysicalMemory;

/**
 * Large pages: made of full leaf tables, and broken up again when a part of one is treated differently.
 *
 * <p>Models pmap_promote_pde, pmap_demote_pde, pmap_remove_pde and pmap_protect_pde of FreeBSD's amd64 pmap.c (about
 * 2023); arm, arm64 and i386 have the same. A leaf table stays beside its superpage as a spare, so that a demotion needs
 * no memory. DEVIATION: every page of a superpage keeps a mapping-list entry of its own, where the originals have one
 * for all, because entries take no simulated memory here.
 */
final class Superpages {
    private final RadixPmapModule module;
    private final EntryFormat format;
    private final int pages;
    private final int leafLevel;
    private final int entryBytes;
    private final long bytes;
    private long mapped;
    private long promotions;
    private long demotions;
    private long failures;
    private long spareTables;

    Superpages(RadixPmapModule module) {
        this.module = module;
        format = module.format();
        RadixGeometry geometry = format.geometry();
        leafLevel = geometry.leafLevel();
        entryBytes = geometry.entryBytes();
        pages = format.superpages() ? geometry.entries(leafLevel) : 0;
        bytes = (long) pages << PhysicalMemory.PAGE_SHIFT;
    }

    /** How many base pages a superpage has; 0 where there are none. */
    int pages() {
        return pages;
    }

    SuperpageStats stats() {
        return new SuperpageStats(mapped, promotions, demotions, failures, spareTables);
    }

    /** Makes a superpage of a full leaf table if all its leaves agree ({@code pmap_promote_pde}). */
    void promote(RadixPmap pmap, long va, long table) {
        long first = pages == 0 ? 0 : pmap.tables().read(table);
        if (pages == 0 || (format.frame(first) & bytes - 1) != 0 || !module.managed(first)) {
            return;
        }
        long leaf = uniformLeaf(pmap, table, first);
        if (leaf == 0) {
            failures++;
            return;
        }
        RadixTables tables = pmap.tables();
        long region = va & -bytes;
        long slot = tables.parentSlot(va);
        boolean breaks = format.breakBeforeMake();
        if (breaks) {
            tables.writeParent(slot, 0);
            module.batch().addRange(region, pages);
            module.invalidations().now(pmap);
        }
        module.promoted(table, slot);
        tables.writeParent(slot, format.large(leaf, !breaks));
        tables.spares().put(region, table);
        spareTables++;
        mapped++;
        promotions++;
        module.chargeDescriptors(1);
    }

    /**
     * The leaf that stands for all leaves of a table, or 0 if they differ.
     *
     * <p>A clean page loses its write permission on the way, so that the first write to it is noticed; what was changed
     * stays changed when the leaves turn out to differ. A referenced superpage is one whose pages are all referenced.
     */
    private long uniformLeaf(RadixPmap pmap, long table, long first) {
        long leaf = cleaned(pmap, table, first);
        long expected = format.withReferenced(leaf, true);
        boolean allReferenced = format.referenced(leaf);
        for (int i = pages - 1; i > 0; i--) {
            long slot = table + (long) i * entryBytes;
            long entry = pmap.tables().read(slot);
            if (format.frame(entry) != format.frame(format.advance(leaf, i))) {
                return 0;
            }
            entry = cleaned(pmap, slot, entry);
            if (format.withReferenced(entry, true) != format.advance(expected, i) || !module.managed(entry)) {
                return 0;
            }
            allReferenced &= format.referenced(entry);
        }
        boolean clean = (format.prot(leaf) & VmProt.WRITE) != 0 && !format.modified(leaf);
        return clean ? 0 : format.withReferenced(leaf, allReferenced);
    }

    /** A wired page keeps its rights, because it must not fault. */
    private long cleaned(RadixPmap pmap, long slot, long entry) {
        boolean clean = (format.prot(entry) & VmProt.WRITE) != 0 && !format.modified(entry);
        if (!clean || format.wired(entry)) {
            return entry;
        }
        long fresh = format.readOnly(entry);
        pmap.tables().write(slot, fresh);
        return fresh;
    }

    /**
     * Whether a superpage maps an address just as a leaf would that is to be entered, but for the bits that use sets.
     *
     * <p>DEVIATION: the original breaks it up and promotes it again at once.
     */
    boolean grants(RadixPmap pmap, long va, long fresh) {
        RadixTables tables = pmap.tables();
        if (pages == 0 || tables.leafTable(va) != NONE || tables.largeSlot() == NONE) {
            return false;
        }
        long leaf = tables.leaf(va);
        return format.referenced(leaf) && (format.modified(leaf) || !format.modified(fresh))
                && format.frame(leaf) == format.frame(fresh) && format.prot(leaf) == format.prot(fresh)
                && format.wired(leaf) == format.wired(fresh);
    }

    /** The leaf table of an address to change one leaf of: a superpage there is demoted. NONE if there is no leaf. */
    long splitTable(RadixPmap pmap, long va) {
        long table = pmap.tables().leafTable(va);
        if (table != NONE || pmap.tables().largeSlot() == NONE) {
            return table;
        }
        demote(pmap, va);
        return pmap.tables().leafTable(va);
    }

    /**
     * Breaks the superpage of an address up ({@code pmap_demote_pde}).
     *
     * <p>One that nobody used and that is not wired is dropped instead, and so is one for which there is no table.
     */
    void demote(RadixPmap pmap, long va) {
        RadixTables tables = pmap.tables();
        long region = va & -bytes;
        long slot = tables.parentSlot(va);
        long large = tables.read(slot);
        long leaf = format.small(large);
        boolean unused = !format.referenced(leaf) && !format.wired(leaf);
        long table = unused ? NONE : takeTable(tables, region);
        if (table == NONE) {
            remove(pmap, region, slot, leaf);
            module.invalidations().finish(pmap);
            return;
        }
        for (int i = 0; i < pages; i++) {
            tables.write(table + (long) i * entryBytes, format.advance(leaf, i));
        }
        if (format.breakBeforeMake()) {
            tables.writeParent(slot, 0);
            module.batch().add(region);
            module.invalidations().now(pmap);
        }
        module.demoted(slot, table);
        tables.writeParent(slot, format.table(table, leafLevel - 1));
        mapped--;
        demotions++;
        module.chargeDescriptors(pages);
    }

    private long takeTable(RadixTables tables, long region) {
        Long spare = tables.spares().remove(region);
        if (spare != null) {
            spareTables--;
            return spare;
        }
        long table = module.store().allocate(leafLevel);
        if (table != NONE) {
            module.store().addLive(table, pages);
        }
        return table;
    }

    /** Drops a superpage as a whole and batches its invalidation ({@code pmap_remove_pde}). */
    void remove(RadixPmap pmap, long va, long slot, long leaf) {
        RadixTables tables = pmap.tables();
        long large = tables.read(slot);
        tables.writeParent(slot, 0);
        pmap.leaves().forgetSuperpage(va, leaf, pages);
        Long spare = tables.spares().remove(va);
        if (spare != null) {
            spareTables--;
            module.store().addLive(spare, -pages);
            module.store().retire(spare, leafLevel);
        }
        invalidate(va, large, leaf);
        module.store().addLive(tables.parentTable(slot), -1);
        tables.prune(va);
        mapped--;
        module.counters().removes += pages;
        module.chargeDescriptors(1);
    }

    private void invalidate(long va, long large, long leaf) {
        if (!format.mayBeCached(leaf)) {
            return;
        }
        if (format.wasPromoted(large)) {
            module.batch().addRange(va, pages);
        } else {
            module.batch().add(va);
        }
    }

    /** Changes rights or marks of a whole superpage; folds a modified bit that goes ({@code pmap_protect_pde}). */
    void rewrite(RadixPmap pmap, long va, long slot, long old, long fresh) {
        long large = pmap.tables().read(slot);
        pmap.tables().writeParent(slot, format.large(fresh, format.wasPromoted(large)));
        module.chargeDescriptors(1);
        if (format.modified(old) && !format.modified(fresh)) {
            for (int i = 0; i < pages; i++) {
                module.page(format.frame(format.advance(old, i))).markDirty();
            }
        }
        if (pmap.leaves().grantsLess(old, fresh)) {
            invalidate(va, large, old);
        }
    }

    /** Copies a superpage into the pmap of a child, read-only; false when memory is short ({@code pmap_copy}). */
    boolean copy(RadixPmap destination, long va, long source) {
        RadixTables tables = destination.tables();
        if (tables.makeParentTable(va) == NONE) {
            return false;
        }
        long slot = tables.parentSlot(va);
        if (tables.read(slot) != 0) {
            return true;
        }
        long granted = format.readOnly(format.withWired(source, false));
        long leaf = format.withReferenced(granted, false);
        tables.writeParent(slot, format.large(leaf, false));
        module.store().addLive(tables.parentTable(slot), 1);
        destination.leaves().adoptSuperpage(va, leaf, pages);
        mapped++;
        module.chargeDescriptors(1);
        return true;
    }

    /** Marks a whole superpage as wired or not. */
    void wire(RadixPmap pmap, long slot, long leaf, boolean on) {
        long large = pmap.tables().read(slot);
        pmap.tables().writeParent(slot, format.large(format.withWired(leaf, on), format.wasPromoted(large)));
        pmap.leaves().countWired(on ? pages : -pages);
        module.chargeDescriptors(1);
    }

    /** Sets the referenced bit of a superpage. */
    void markReferenced(RadixPmap pmap, long va) {
        long slot = pmap.tables().parentSlot(va);
        long large = pmap.tables().read(slot);
        long leaf = format.withReferenced(format.small(large), true);
        pmap.tables().writeParent(slot, format.large(leaf, format.wasPromoted(large)));
    }

    /**
     * Clears the referenced bit of a superpage that a scan found by one of its pages, if it is that page's turn.
     *
     * <p>One of all its pages does it ({@code pmap_ts_referenced}): otherwise each scan of a page would clear it for all.
     */
    void clearReference(RadixPmap pmap, long va) {
        long slot = pmap.tables().parentSlot(va);
        long large = pmap.tables().read(slot);
        long leaf = format.small(large);
        long frame = format.frame(pmap.tables().leaf(va)) >>> PhysicalMemory.PAGE_SHIFT;
        if (((frame ^ va / bytes ^ pmap.id()) & pages - 1) != 0 || format.wired(leaf)) {
            return;
        }
        pmap.tables().writeParent(slot, format.large(format.withReferenced(leaf, false), format.wasPromoted(large)));
        module.chargeDescriptors(1);
        if (format.invalidateOnClearReference()) {
            invalidate(va & -bytes, large, leaf);
            module.invalidations().finish(pmap);
        }
    }
}
