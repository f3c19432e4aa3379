// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import static kernel.vm.radix.TableStore.NONE;

import java.util.List;
import kernel.vm.page.VmPage;
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
    private final RadixPmapModule module;
    private final EntryFormat format;
    private final RadixTables tables;
    private final Leaves leaves;
    private final Entering entering;
    private final int id;
    private final ActiveCpus active;
    private final long[] tags;

    RadixPmap(RadixPmapModule module, int id, RadixTables tables, int cpus, int tagWords) {
        this.module = module;
        this.id = id;
        this.tables = tables;
        format = module.format();
        leaves = new Leaves(module, tables, id);
        entering = new Entering(module, this);
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
        return entering.enter(va, page, prot, flags);
    }

    @Override
    public void enterQuick(long va, VmPage page, int prot) {
        module.requireUserAddress(va);
        entering.enterQuick(va, page, prot);
    }

    @Override
    public boolean isPrefaultable(long va) {
        long slot = tables.leafSlot(va);
        return slot != NONE && !format.present(tables.read(slot));
    }

    @Override
    public void remove(long start, long end) {
        sweep(start, end, module.actions().removing());
    }

    @Override
    public void removePages() {
        module.batch().addEverything();
        sweep(0, module.addressLimit(), module.actions().removingUnwired());
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
        sweep(start, end, module.actions().lowering().to(prot));
    }

    private void sweep(long start, long end, LeafVisitor visitor) {
        long limit = module.addressLimit();
        long stop = Long.compareUnsigned(end, limit) > 0 ? limit : end;
        if (Long.compareUnsigned(start, stop) < 0) {
            tables.sweep(this, start, stop, visitor);
        }
        module.invalidations().finishRange(this);
    }

    @Override
    public void defer() {
        module.invalidations().defer(this);
    }

    @Override
    public void update() {
        module.invalidations().update(this);
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
        sweep(start, end, module.actions().unwiring());
    }

    @Override
    public void copyTo(Pmap destination, long start, long end) {
        sweep(start, end, module.actions().copying().to((RadixPmap) destination));
        module.actions().copying().end();
    }

    /** One leaf of {@link #copyTo}. False when memory is short. */
    boolean accept(long va, long source) {
        return entering.copy(va, source);
    }

    @Override
    public void activate(Cpu cpu) {
        module.loaded().activate(this, cpu);
    }

    @Override
    public void rest(Cpu cpu) {
        module.loaded().rest(this, cpu);
    }

    @Override
    public void deactivate(Cpu cpu) {
        module.loaded().deactivate(this, cpu);
    }

    /** Whether a CPU has this space loaded but runs nothing that uses it. */
    public boolean lazy(Cpu cpu) {
        return module.loaded().lazy(this, cpu.id());
    }

    /**
     * Takes a CPU that is {@link #lazy} out of {@link #active()}; for {@link TlbControl#invalidate}.
     *
     * <p>What it has cached may be stale from now on: {@link TlbControl#activate} comes before it uses the space again.
     */
    public void leaveStale(Cpu cpu) {
        module.loaded().leaveStale(this, cpu);
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
        module.pmaps().remove(this);
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
        return Residency.of(module, tables.leaf(va));
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
