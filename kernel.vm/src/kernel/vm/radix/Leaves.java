// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import kernel.vm.page.MemoryAttribute;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.VmProt;
import machine.core.memory.PhysicalMemory;

/**
 * The page descriptors of one address space and all that is kept beside them: counts, mapping lists, folded bits.
 *
 * <p>Every change of a leaf goes through here or keeps present, wired and managed as they were.
 */
final class Leaves {
    private final RadixPmapModule module;
    private final EntryFormat format;
    private final RadixTables tables;
    private final int pmap;
    private int resident;
    private int wired;

    Leaves(RadixPmapModule module, RadixTables tables, int pmap) {
        this.module = module;
        this.format = module.format();
        this.tables = tables;
        this.pmap = pmap;
    }

    int resident() {
        return resident;
    }

    int wired() {
        return wired;
    }

    /** The descriptor that enters a page. */
    long fresh(VmPage page, int prot, int flags) {
        return attributed(page, format.leaf(page.physicalAddress(), prot, seed(page, prot, flags)));
    }

    /** The descriptor that enters a page ahead of its use. */
    long quick(VmPage page, int prot) {
        int bits = page.unmanaged() ? EntryFormat.SET_REFERENCED : EntryFormat.SET_MANAGED;
        return attributed(page, format.leaf(page.physicalAddress(), prot, bits));
    }

    private long attributed(VmPage page, long entry) {
        return page.attribute() == MemoryAttribute.WRITE_BACK ? entry : format.withAttribute(entry, page.attribute());
    }

    private int seed(VmPage page, int prot, int flags) {
        boolean writable = (prot & VmProt.WRITE) != 0;
        boolean wiring = (flags & Pmap.WIRED) != 0;
        int bits = (flags & VmProt.ALL) != 0 ? EntryFormat.SET_REFERENCED : 0;
        if (writable && (flags & VmProt.WRITE) != 0) {
            bits |= EntryFormat.SET_MODIFIED;
        }
        if (page.unmanaged() || wiring && !format.hardwareModified()) {
            // Nobody may take a soft fault there: unmanaged pages have no bits to keep, wired ones must not fault.
            bits |= EntryFormat.SET_REFERENCED | (writable ? EntryFormat.SET_MODIFIED : 0);
        }
        bits |= wiring ? EntryFormat.SET_WIRED : 0;
        return bits | (page.unmanaged() ? 0 : EntryFormat.SET_MANAGED);
    }

    /** Writes a leaf where none was. */
    void install(long va, VmPage page, long table, long slot, long entry) {
        tables.write(slot, entry);
        module.store().addLive(table, 1);
        resident++;
        wired += format.wired(entry) ? 1 : 0;
        if (module.managed(entry)) {
            module.pv().insert(page, pmap, va);
        }
    }

    /** Clears a leaf and batches its invalidation, which the caller finishes. */
    void uninstall(long va, long table, long slot, long entry) {
        tables.write(slot, 0);
        module.store().addLive(table, -1);
        resident--;
        wired -= format.wired(entry) ? 1 : 0;
        if (module.managed(entry)) {
            VmPage page = module.page(format.frame(entry));
            fold(page, entry);
            module.pv().remove(page, pmap, va);
        }
        if (format.mayBeCached(entry)) {
            module.batch().add(va);
        }
        module.counters().removes++;
    }

    /** Drops all that is kept beside the descriptor of a superpage. */
    void forgetSuperpage(long va, long leaf, int pages) {
        for (int i = 0; i < pages; i++) {
            VmPage page = module.page(format.frame(format.advance(leaf, i)));
            fold(page, leaf);
            module.pv().remove(page, pmap, va + ((long) i << PhysicalMemory.PAGE_SHIFT));
        }
        resident -= pages;
        wired -= format.wired(leaf) ? pages : 0;
    }

    /** Keeps beside the descriptor of a new superpage what belongs to it. */
    void adoptSuperpage(long va, long leaf, int pages) {
        for (int i = 0; i < pages; i++) {
            VmPage page = module.page(format.frame(format.advance(leaf, i)));
            module.pv().insert(page, pmap, va + ((long) i << PhysicalMemory.PAGE_SHIFT));
        }
        resident += pages;
    }

    /** Counts a change of the wired mark of several leaves. */
    void countWired(int change) {
        wired += change;
    }

    private void fold(VmPage page, long entry) {
        if (format.modified(entry)) {
            page.markDirty();
        }
        if (format.referenced(entry)) {
            page.markReferenced();
        }
    }

    /** Enters the page that a leaf maps already: its bits stay, rights and wiring become the new ones. */
    void update(long va, VmPage page, long slot, long old, long seeded) {
        long fresh = format.referenced(old) ? format.withReferenced(seeded, true) : seeded;
        if (format.modified(old)) {
            fresh = keepModified(page, fresh);
        }
        if (fresh == old) {
            return;
        }
        tables.write(slot, fresh);
        wired += (format.wired(fresh) ? 1 : 0) - (format.wired(old) ? 1 : 0);
        if (grantsLess(old, fresh)) {
            module.batch().add(va);
        }
    }

    private long keepModified(VmPage page, long fresh) {
        if ((format.prot(fresh) & VmProt.WRITE) != 0) {
            return format.withModified(fresh, true);
        }
        page.markDirty();
        return fresh;
    }

    /** Whether a TLB may hold rights from {@code old} that {@code fresh} no longer gives. */
    boolean grantsLess(long old, long fresh) {
        if (!format.mayBeCached(old)) {
            return false;
        }
        // A clean writable page is looked up again before the first write, so only a modified one matters.
        boolean writeLost = format.modified(old) && !format.modified(fresh);
        return writeLost || (format.prot(old) & ~format.prot(fresh) & ~VmProt.WRITE) != 0;
    }

    /** Changes the wired mark of a leaf. */
    void wire(long slot, long entry, boolean on) {
        tables.write(slot, format.withWired(on ? faultFree(entry) : entry, on));
        wired += on ? 1 : -1;
    }

    /** The leaf in a state in which no allowed access takes a soft fault. */
    private long faultFree(long entry) {
        long fresh = format.hardwareReferenced() ? entry : format.withReferenced(entry, true);
        boolean writable = (format.prot(entry) & VmProt.WRITE) != 0;
        return format.hardwareModified() || !writable ? fresh : format.withModified(fresh, true);
    }

    /** The leaf after a soft fault for an access that its protection allows; counts what it had to set. */
    long allow(long entry, int access) {
        long fresh = entry;
        if (!format.hardwareReferenced() && !format.referenced(entry)) {
            fresh = format.withReferenced(fresh, true);
            module.counters().referencedFaults++;
        }
        if (!format.hardwareModified() && (access & VmProt.WRITE) != 0 && !format.modified(entry)) {
            fresh = format.withModified(fresh, true);
            module.counters().modifiedFaults++;
        }
        return fresh;
    }
}
