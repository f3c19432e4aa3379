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
 * pmap_copy, pmap_fault). The kernel's own addresses are not in these tables.
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
    private final Leaves leaves;
    private final int id;
    private final ActiveCpus active;
    private final long[] tags;

    RadixPmap(RadixPmapModule module, int id, RadixTables tables, int cpus, int tagWords) {
        this.module = module;
        this.id = id;
        this.tables = tables;
        format = module.format();
        leaves = new Leaves(module, tables, id);
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

    Leaves leaves() {
        return leaves;
    }

    RadixTables tables() {
        return tables;
    }

    @Override
    public int enter(long va, VmPage page, int prot, int flags) {
        module.requireUserAddress(va);
        requireWriteable(page, prot);
        if (module.superpages().grants(this, va, leaves.fresh(page, prot, flags))) {
            module.counters().enters++;
            return KernResult.SUCCESS;
        }
        module.superpages().splitTable(this, va);
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
            module.finish(this);
            syncInstructions(format.prot(old), prot);
        } else {
            leaves.uninstall(va, table, slot, old);
            module.finish(this);
            leaves.install(va, page, table, slot, fresh);
            syncInstructions(VmProt.NONE, prot);
        }
        module.counters().enters++;
        module.chargeDescriptors(1);
        if (module.store().live(table) == module.superpages().pages()) {
            module.superpages().promote(this, va, table);
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
        leaves.install(va, page, table, slot, format.leaf(page.physicalAddress(), granted, bits));
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
        long entry = tables.leaf(va);
        return format.present(entry) ? format.frame(entry) | (va & (PhysicalMemory.PAGE_SIZE - 1)) : -1;
    }

    @Override
    public void changeWiring(long va, boolean on) {
        long entry = tables.leaf(va);
        if (!format.present(entry) || format.wired(entry) == on) {
            return;
        }
        module.superpages().splitTable(this, va);
        long slot = tables.leafSlot(va);
        if (slot != NONE) {
            leaves.wire(slot, entry, on);
            module.chargeDescriptors(1);
        }
    }

    @Override
    public void unwire(long start, long end) {
        sweep(start, end, module.unwiring());
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
            leaves.install(va, module.page(frame), table, slot, format.leaf(frame, granted, EntryFormat.SET_MANAGED));
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
        return leaves.resident();
    }

    @Override
    public int wiredCount() {
        return leaves.wired();
    }

    @Override
    public void release() {
        if (leaves.resident() != 0) {
            throw new KernelPanic("a pmap is empty when it is released: " + leaves.resident() + " pages are mapped");
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
        long entry = Long.compareUnsigned(va, module.addressLimit()) < 0 ? tables.leaf(va) : 0;
        if (!format.present(entry) || (access & ~format.prot(entry)) != 0) {
            return false;
        }
        long fresh = leaves.allow(entry, access);
        if (fresh != entry) {
            writeLeaf(va, fresh);
        }
        return true;
    }

    /** A superpage that may be written is modified already, so only its referenced bit can be missing. */
    private void writeLeaf(long va, long fresh) {
        long slot = tables.leafSlot(va);
        if (slot == NONE) {
            module.superpages().markReferenced(this, va);
        } else {
            tables.write(slot, fresh);
        }
    }

    @Override
    public int mincore(long va) {
        long entry = tables.leaf(va);
        if (!format.present(entry)) {
            return 0;
        }
        if (!module.managed(entry)) {
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
    public boolean superpage(long va) {
        return tables.leafTable(va) == NONE && tables.largeSlot() != NONE;
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
