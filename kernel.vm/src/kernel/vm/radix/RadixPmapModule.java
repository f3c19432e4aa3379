// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import java.util.Arrays;
import java.util.List;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.PmapCapabilities;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.pmap.PmapStats;
import kernel.vm.pmap.SuperpageStats;
import kernel.vm.pmap.VmProt;
import machine.core.engine.KernelPanic;
import machine.core.memory.PhysicalMemory;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The pmap module of a machine with multi-level page tables.
 *
 * <p>Everything that is not descriptor bits or TLB maintenance is here, once for all such machines.
 */
@ProviderType
public final class RadixPmapModule implements PmapModule {
    private final PmapHost host;
    private final EntryFormat format;
    private final TlbControl tlb;
    private final PmapCapabilities capabilities;
    private final long addressLimit;
    private final TableStore store;
    private final PvLists pv = new PvLists();
    private final InvalidationBatch batch = new InvalidationBatch();
    private final PmapCounters counters = new PmapCounters();
    private final PageMappings mappings;
    private final LeafActions.Remove removing = new LeafActions.Remove(this, true);
    private final LeafActions.Remove removingUnwired = new LeafActions.Remove(this, false);
    private final LeafActions.Lower lowering = new LeafActions.Lower(this);
    private final LeafActions.Copy copying = new LeafActions.Copy(this);
    private final LeafActions.Unwire unwiring = new LeafActions.Unwire(this);
    private final Superpages superpages;
    private final PmapCharges charges;
    private final RadixPmap[] loaded;
    private RadixPmap[] pmaps = new RadixPmap[16];
    private int lowestFree;
    private StaleCheck staleCheck;

    /**
     * A module for one kernel.
     *
     * @param format the machine's descriptors
     * @param tlb the machine's TLB maintenance, owned by this module from now on
     * @param addressLimit first address above user space
     */
    public RadixPmapModule(PmapHost host, EntryFormat format, TlbControl tlb, PmapCapabilities capabilities,
            long addressLimit) {
        this.host = host;
        this.format = format;
        this.tlb = tlb;
        this.capabilities = capabilities;
        this.addressLimit = addressLimit;
        store = new TableStore(host, format.geometry());
        mappings = new PageMappings(this);
        loaded = new RadixPmap[host.engine().cpuCount()];
        charges = new PmapCharges(host);
        superpages = new Superpages(this);
    }

    @Override
    public PmapCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public Pmap create() {
        long root = store.allocate(0);
        if (root == TableStore.NONE) {
            return null;
        }
        RadixTables tables = new RadixTables(format, store, host.memory(), root);
        if (!tables.makeFixed()) {
            store.freeRetired();
            return null;
        }
        int id = freeId();
        pmaps[id] = new RadixPmap(this, id, tables, host.engine().cpuCount(), tlb.tagWords());
        tables.check(staleCheck);
        return pmaps[id];
    }

    private int freeId() {
        while (lowestFree < pmaps.length && pmaps[lowestFree] != null) {
            lowestFree++;
        }
        if (lowestFree == pmaps.length) {
            pmaps = Arrays.copyOf(pmaps, lowestFree * 2);
        }
        return lowestFree++;
    }

    /** Records which pmap a CPU has loaded and returns the one it had before, or null. */
    RadixPmap exchangeLoaded(int cpu, RadixPmap pmap) {
        RadixPmap previous = loaded[cpu];
        loaded[cpu] = pmap;
        return previous;
    }

    /** The pmap that a CPU has loaded, or null. */
    RadixPmap loaded(int cpu) {
        return loaded[cpu];
    }

    void forget(RadixPmap pmap) {
        pmaps[pmap.id()] = null;
        lowestFree = Math.min(lowestFree, pmap.id());
    }

    /** Every pmap number is below this. */
    int pmapLimit() {
        return pmaps.length;
    }

    /** A pmap by number, or null. */
    RadixPmap pmap(int id) {
        return pmaps[id];
    }

    @Override
    public void removeAll(VmPage page) {
        mappings.removeAll(page);
    }

    @Override
    public void pageProtect(VmPage page, int prot) {
        if ((prot & VmProt.WRITE) != 0) {
            return;
        }
        if ((prot & (VmProt.READ | VmProt.EXEC)) == 0) {
            mappings.removeAll(page);
        } else {
            mappings.removeWrite(page);
        }
    }

    @Override
    public boolean isModified(VmPage page) {
        return mappings.isModified(page);
    }

    @Override
    public void clearModify(VmPage page) {
        mappings.clearModify(page);
    }

    @Override
    public int tsReferenced(VmPage page) {
        return mappings.clearReferenced(page, PageMappings.MAX_REFERENCES);
    }

    @Override
    public boolean isReferenced(VmPage page) {
        return mappings.isReferenced(page);
    }

    @Override
    public void clearReference(VmPage page) {
        mappings.clearReferenced(page, Integer.MAX_VALUE);
    }

    @Override
    public void zeroPage(VmPage page) {
        host.memory().zero(page.physicalAddress(), PhysicalMemory.PAGE_SIZE);
        charges.zero();
    }

    @Override
    public void copyPage(VmPage source, VmPage destination) {
        host.memory().copy(source.physicalAddress(), destination.physicalAddress(),
                PhysicalMemory.PAGE_SIZE);
        charges.copy();
    }

    @Override
    public long addressHint(long va, long sizeBytes) {
        return va;
    }

    @Override
    public PmapStats stats() {
        return new PmapStats(counters.enters, counters.quickEnters, counters.removes, counters.referencedFaults,
                counters.modifiedFaults, counters.shootdowns, store.pages(), pv.live());
    }

    @Override
    public int superpageOrder() {
        return superpages.pages() == 0 ? 0 : Integer.numberOfTrailingZeros(superpages.pages());
    }

    @Override
    public SuperpageStats superpageStats() {
        return superpages.stats();
    }

    @Override
    public void check(List<String> broken) {
        if (staleCheck != null) {
            staleCheck.settle();
        }
        new RadixAudit(this, broken).check(host.engine());
    }

    @Override
    public void watchTlbs(boolean on) {
        if (on == (staleCheck != null)) {
            return;
        }
        if (on) {
            staleCheck = new StaleCheck(this, host.engine());
        } else {
            staleCheck.end();
            staleCheck = null;
        }
        for (RadixPmap pmap : pmaps) {
            if (pmap != null) {
                pmap.tables().check(staleCheck);
            }
        }
    }

    @Override
    public void close() {
        for (RadixPmap pmap : pmaps) {
            if (pmap != null) {
                throw new KernelPanic("every pmap is released before its module is closed: one still has "
                        + pmap.residentCount() + " pages");
            }
        }
        tlb.close();
    }

    /** The machine's descriptors. */
    public EntryFormat format() {
        return format;
    }

    /** The machine's TLB maintenance. */
    public TlbControl tlb() {
        return tlb;
    }

    /** First address above user space. */
    public long addressLimit() {
        return addressLimit;
    }

    TableStore store() {
        return store;
    }

    PvLists pv() {
        return pv;
    }

    InvalidationBatch batch() {
        return batch;
    }

    PmapCounters counters() {
        return counters;
    }

    LeafVisitor removing() {
        return removing;
    }

    LeafVisitor removingUnwired() {
        return removingUnwired;
    }

    LeafActions.Lower lowering() {
        return lowering;
    }

    LeafActions.Copy copying() {
        return copying;
    }

    LeafVisitor unwiring() {
        return unwiring;
    }

    Superpages superpages() {
        return superpages;
    }

    /** Whether the page that a leaf maps has a mapping list. */
    boolean managed(long entry) {
        return format.marksManaged() ? format.managed(entry) : !page(format.frame(entry)).unmanaged();
    }

    VmPage page(long physicalAddress) {
        return host.page(physicalAddress);
    }

    /** Invalidates what was batched for a pmap, then gives back its empty tables. */
    void finish(RadixPmap pmap) {
        invalidate(pmap);
        store.freeRetired();
    }

    /** Invalidates what was batched for a pmap. */
    void invalidate(RadixPmap pmap) {
        if (!batch.isEmpty()) {
            if (tlb.invalidate(pmap, batch)) {
                counters.shootdowns++;
            }
            batch.clear();
        }
        if (staleCheck != null) {
            staleCheck.settle();
        }
    }

    /** A leaf table gave its place to the superpage descriptor at {@code above}. */
    void promoted(long table, long above) {
        if (staleCheck != null) {
            staleCheck.promoted(table, superpages.pages(), format.geometry().entryBytes(), above);
        }
    }

    /** The superpage descriptor at {@code above} gives its place to a leaf table. */
    void demoted(long above, long table) {
        if (staleCheck != null) {
            staleCheck.demoted(above, table, superpages.pages(), format.geometry().entryBytes());
        }
    }

    void requireUserAddress(long va) {
        if (Long.compareUnsigned(va, addressLimit) >= 0) {
            throw new KernelPanic("user mappings stay below 0x" + Long.toHexString(addressLimit) + ": 0x"
                    + Long.toHexString(va));
        }
    }

    void chargeDescriptors(int count) {
        charges.descriptors(count);
    }

    void chargeInstructionSync() {
        charges.instructionSync();
    }
}
