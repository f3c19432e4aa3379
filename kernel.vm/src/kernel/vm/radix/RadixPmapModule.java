// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

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
    private final PmapCounters counters = new PmapCounters();
    private final PageMappings mappings;
    private final LeafActions actions = new LeafActions(this);
    private final Superpages superpages;
    private final PmapCharges charges;
    private final Invalidations invalidations;
    private final LoadedSpaces loaded;
    private final PmapList pmaps = new PmapList();
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
        invalidations = new Invalidations(tlb, store, counters);
        loaded = new LoadedSpaces(host, tlb);
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
        RadixPmap made = new RadixPmap(this, pmaps.freeId(), tables, host.engine().cpuCount(), tlb.tagWords());
        pmaps.set(made);
        tables.check(staleCheck);
        return made;
    }

    /** Which pmap each CPU has loaded. */
    LoadedSpaces loaded() {
        return loaded;
    }

    /** All pmaps. */
    PmapList pmaps() {
        return pmaps;
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
        invalidations.check(staleCheck);
        for (int id = 0; id < pmaps.limit(); id++) {
            if (pmaps.get(id) != null) {
                pmaps.get(id).tables().check(staleCheck);
            }
        }
    }

    @Override
    public void close() {
        for (int id = 0; id < pmaps.limit(); id++) {
            if (pmaps.get(id) != null) {
                throw new KernelPanic("every pmap is released before its module is closed: one still has "
                        + pmaps.get(id).residentCount() + " pages");
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

    /** What the operation at hand has to invalidate. */
    InvalidationBatch batch() {
        return invalidations.batch();
    }

    Invalidations invalidations() {
        return invalidations;
    }

    PmapCounters counters() {
        return counters;
    }

    /** What ranges can be treated with. */
    LeafActions actions() {
        return actions;
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
