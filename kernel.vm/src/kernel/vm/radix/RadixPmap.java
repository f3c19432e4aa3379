// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import static kernel.vm.radix.TableStore.NONE;

import java.util.List;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.MappingVisitor;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.TableVisitor;
import kernel.vm.pmap.VmProt;
import kernel.vm.pmap.WalkStep;
import machine.core.engine.Cpu;
import machine.core.engine.KernelPanic;
import machine.core.memory.PhysicalMemory;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One address space in multi-level page tables.
 *
 * <p>The algorithms follow FreeBSD's amd64 and arm64 pmap.c (pmap_enter, pmap_remove, pmap_protect, pmap_unwire,
 * pmap_copy, pmap_fault), base pages only. The kernel's own addresses are not in these tables.
 */
@ProviderType
public final class RadixPmap implements Pmap {
    private static final int INCORE = 1;
    private static final int REFERENCED_HERE = 2 | 8;
    private static final int MODIFIED_HERE = 4 | 0x10;
    private static final int REFERENCED_OTHER = 8;
    private static final int MODIFIED_OTHER = 0x10;

    private final RadixPmapModule module;
    private final EntryFormat format;
    private final RadixTables tables;
    private final int id;
    private final ActiveCpus active;
    private final long[] tags;
    private int resident;
    private int wired;

    RadixPmap(RadixPmapModule module, int id, RadixTables tables, int cpus, int tagWords) {
        this.module = module;
        this.id = id;
        this.tables = tables;
        format = module.format();
        active = new ActiveCpus(cpus);
        tags = new long[tagWords];
    }

    @Override
    public RadixPmapModule module() {
        return module;
    }

    /** Physical address of the root table. */
    public long root() {
        return tables.root();
    }

    /** The CPUs on which this address space is loaded. */
    public ActiveCpus active() {
        return active;
    }

    /** Tag state; belongs to the module's {@link TlbControl}. */
    public long[] tags() {
        return tags;
    }

    int id() {
        return id;
    }

    RadixTables tables() {
        return tables;
    }

    @Override
    public int enter(long va, VmPage page, int prot, int flags) {
        module.requireUserAddress(va);
        requireWriteable(page, prot);
        long table = tables.makeLeafTable(va);
        if (table == NONE) {
            return KernResult.RESOURCE_SHORTAGE;
        }
        long slot = tables.slot(table, va);
        long old = tables.read(slot);
        long fresh = format.leaf(page.physicalAddress(), prot, seed(page, prot, flags));
        if (!format.present(old)) {
            install(va, page, table, slot, fresh);
            syncInstructions(VmProt.NONE, prot);
        } else if (format.frame(old) == page.physicalAddress()) {
            update(va, page, slot, old, fresh);
            syncInstructions(format.prot(old), prot);
        } else {
            uninstall(va, table, slot, old);
            module.finish(this);
            install(va, page, table, slot, fresh);
            syncInstructions(VmProt.NONE, prot);
        }
        module.counters().enters++;
        module.chargeDescriptors(1);
        return KernResult.SUCCESS;
    }

    private static void requireWriteable(VmPage page, int prot) {
        if ((prot & VmProt.WRITE) != 0 && !page.unmanaged() && !page.writeable()) {
            throw new KernelPanic("a page is marked writeable before a writable mapping of it is entered: " + page);
        }
    }

    private int seed(VmPage page, int prot, int flags) {
        boolean writable = (prot & VmProt.WRITE) != 0;
        boolean wiring = (flags & WIRED) != 0;
        int bits = (flags & VmProt.ALL) != 0 ? EntryFormat.SET_REFERENCED : 0;
        if (writable && (flags & VmProt.WRITE) != 0) {
            bits |= EntryFormat.SET_MODIFIED;
        }
        if (page.unmanaged() || wiring && !format.hardwareModified()) {
            // Nobody may take a soft fault there: unmanaged pages have no bits to keep, wired ones must not fault.
            bits |= writable ? EntryFormat.SET_REFERENCED | EntryFormat.SET_MODIFIED : EntryFormat.SET_REFERENCED;
        }
        bits |= wiring ? EntryFormat.SET_WIRED : 0;
        return bits | (page.unmanaged() ? 0 : EntryFormat.SET_MANAGED);
    }

    private void install(long va, VmPage page, long table, long slot, long entry) {
        tables.write(slot, entry);
        module.store().addLive(table, 1);
        resident++;
        wired += format.wired(entry) ? 1 : 0;
        if (format.managed(entry)) {
            module.pv().insert(page, id, va);
        }
    }

    /** Clears a leaf and everything kept about it; the caller finishes the invalidation. */
    void uninstall(long va, long table, long slot, long entry) {
        tables.write(slot, 0);
        module.store().addLive(table, -1);
        resident--;
        wired -= format.wired(entry) ? 1 : 0;
        if (format.managed(entry)) {
            VmPage page = module.page(format.frame(entry));
            fold(page, entry);
            module.pv().remove(page, id, va);
        }
        if (format.mayBeCached(entry)) {
            module.batch().add(va);
        }
        module.counters().removes++;
    }

    private void update(long va, VmPage page, long slot, long old, long seeded) {
        long fresh = seeded;
        if (format.referenced(old)) {
            fresh = format.withReferenced(fresh, true);
        }
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
            module.finish(this);
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

    /** Passes a leaf's bits on to its page. */
    void fold(VmPage page, long entry) {
        if (format.modified(entry)) {
            page.markDirty();
        }
        if (format.referenced(entry)) {
            page.markReferenced();
        }
    }

    private void syncInstructions(int oldProt, int prot) {
        if (format.separateInstructionCache() && (prot & ~oldProt & VmProt.EXEC) != 0) {
            module.chargeInstructionSync();
        }
    }

    @Override
    public void enterQuick(long va, VmPage page, int prot) {
        module.requireUserAddress(va);
        int granted = prot & ~VmProt.WRITE;
        long table = tables.leafTable(va);
        if (table == NONE || granted == VmProt.NONE) {
            return;
        }
        long slot = tables.slot(table, va);
        if (format.present(tables.read(slot))) {
            return;
        }
        int bits = page.unmanaged() ? EntryFormat.SET_REFERENCED : EntryFormat.SET_MANAGED;
        install(va, page, table, slot, format.leaf(page.physicalAddress(), granted, bits));
        syncInstructions(VmProt.NONE, granted);
        module.counters().quickEnters++;
        module.chargeDescriptors(1);
    }

    @Override
    public boolean isPrefaultable(long va) {
        long slot = tables.leafSlot(va);
        return slot != NONE && !format.present(tables.read(slot));
    }

    @Override
    public void remove(long start, long end) {
        sweep(start, end, module.removing());
    }

    @Override
    public void removePages() {
        module.batch().addEverything();
        sweep(0, module.addressLimit(), module.removingUnwired());
    }

    @Override
    public void protect(long start, long end, int prot) {
        boolean readable = (prot & (VmProt.READ | VmProt.EXEC)) != 0;
        if ((prot & VmProt.WRITE) != 0 && (prot & VmProt.EXEC) != 0) {
            return;
        }
        if (!readable && (prot & VmProt.WRITE) == 0) {
            remove(start, end);
            return;
        }
        sweep(start, end, module.lowering().to(prot));
    }

    private void sweep(long start, long end, LeafVisitor visitor) {
        long limit = module.addressLimit();
        long stop = Long.compareUnsigned(end, limit) > 0 ? limit : end;
        if (Long.compareUnsigned(start, stop) < 0) {
            tables.sweep(this, start, stop, visitor);
        }
        module.finish(this);
    }

    @Override
    public long extract(long va) {
        long slot = tables.leafSlot(va);
        long entry = slot == NONE ? 0 : tables.read(slot);
        return format.present(entry) ? format.frame(entry) | (va & (PhysicalMemory.PAGE_SIZE - 1)) : -1;
    }

    @Override
    public void changeWiring(long va, boolean on) {
        long slot = tables.leafSlot(va);
        long entry = slot == NONE ? 0 : tables.read(slot);
        if (format.present(entry) && format.wired(entry) != on) {
            tables.write(slot, format.withWired(on ? faultFree(entry) : entry, on));
            wired += on ? 1 : -1;
            module.chargeDescriptors(1);
        }
    }

    /** The leaf in a state in which no allowed access takes a soft fault. */
    private long faultFree(long entry) {
        long fresh = format.hardwareReferenced() ? entry : format.withReferenced(entry, true);
        boolean writable = (format.prot(entry) & VmProt.WRITE) != 0;
        return format.hardwareModified() || !writable ? fresh : format.withModified(fresh, true);
    }

    @Override
    public void copyTo(Pmap destination, long start, long end) {
        sweep(start, end, module.copying().to((RadixPmap) destination));
        module.copying().end();
    }

    /** One leaf of {@link #copyTo}. False when memory is short. */
    boolean accept(long va, long source) {
        long table = tables.makeLeafTable(va);
        if (table == NONE) {
            return false;
        }
        long slot = tables.slot(table, va);
        if (!format.present(tables.read(slot))) {
            int granted = format.prot(source) & ~VmProt.WRITE;
            long frame = format.frame(source);
            install(va, module.page(frame), table, slot, format.leaf(frame, granted, EntryFormat.SET_MANAGED));
            module.chargeDescriptors(1);
        }
        return true;
    }

    @Override
    public void activate(Cpu cpu) {
        RadixPmap previous = module.exchangeLoaded(cpu.id(), this);
        if (previous == this) {
            return;
        }
        if (previous != null) {
            previous.active.remove(cpu.id());
            module.tlb().deactivate(previous, cpu);
        }
        module.tlb().activate(this, cpu);
        active.add(cpu.id());
    }

    @Override
    public void deactivate(Cpu cpu) {
        if (active.contains(cpu.id())) {
            module.exchangeLoaded(cpu.id(), null);
            active.remove(cpu.id());
            module.tlb().deactivate(this, cpu);
        }
    }

    @Override
    public int residentCount() {
        return resident;
    }

    @Override
    public int wiredCount() {
        return wired;
    }

    @Override
    public void release() {
        if (resident != 0) {
            throw new KernelPanic("a pmap is empty when it is released: " + resident + " pages are still mapped");
        }
        if (!active.isEmpty()) {
            throw new KernelPanic("a pmap is loaded on no CPU when it is released: CPU " + active.next(0) + " has it");
        }
        module.tlb().release(this);
        tables.retireRoot();
        module.store().freeRetired();
        module.forget(this);
    }

    @Override
    public boolean softFault(long va, int access) {
        long slot = Long.compareUnsigned(va, module.addressLimit()) < 0 ? tables.leafSlot(va) : NONE;
        long entry = slot == NONE ? 0 : tables.read(slot);
        if (!format.present(entry) || (access & ~format.prot(entry)) != 0) {
            return false;
        }
        long fresh = allow(entry, access);
        if (fresh != entry) {
            tables.write(slot, fresh);
        }
        return true;
    }

    private long allow(long entry, int access) {
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

    @Override
    public int mincore(long va) {
        long slot = tables.leafSlot(va);
        long entry = slot == NONE ? 0 : tables.read(slot);
        if (!format.present(entry)) {
            return 0;
        }
        if (!format.managed(entry)) {
            return INCORE;
        }
        VmPage page = module.page(format.frame(entry));
        int result = INCORE;
        if (format.modified(entry)) {
            result |= MODIFIED_HERE;
        } else if (page.dirty() != 0 || module.isModified(page)) {
            result |= MODIFIED_OTHER;
        }
        if (format.referenced(entry)) {
            result |= REFERENCED_HERE;
        } else if (page.referenced() || module.isReferenced(page)) {
            result |= REFERENCED_OTHER;
        }
        return result;
    }

    @Override
    public void forEachMapping(MappingVisitor visitor) {
        sweep(0, module.addressLimit(), new MappingReport(module, visitor));
    }

    @Override
    public void forEachTable(TableVisitor visitor) {
        tables.forEachTable(visitor);
    }

    @Override
    public List<WalkStep> describe(long va) {
        return WalkReport.of(tables, format, va);
    }
}
