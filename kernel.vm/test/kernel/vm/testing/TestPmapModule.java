// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.testing;

import java.util.ArrayList;
import java.util.List;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.PmapCapabilities;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.pmap.PmapStats;
import kernel.vm.pmap.VmProt;
import machine.core.memory.PhysicalMemory;

/** The pmap module of the made-up machine: as simple as the contract allows, so that it can be trusted. */
public final class TestPmapModule implements PmapModule {
    /** One mapping of a page. */
    record Site(TestPmap pmap, long va) {}

    final PmapHost host;
    private final List<List<Site>> sites = new ArrayList<>();
    int pmaps;
    /** How many table allocations succeed from now on. */
    public int tableBudget = Integer.MAX_VALUE;

    public TestPmapModule(PmapHost host) {
        this.host = host;
        for (int frame = 0; frame < host.memory().frames(); frame++) {
            sites.add(new ArrayList<>(1));
        }
    }

    long table() {
        return tableBudget-- <= 0 ? -1 : host.allocateTable(1);
    }

    void listed(VmPage page, TestPmap pmap, long va) {
        if (page.unmanaged()) {
            return;
        }
        sites.get(page.frame()).add(new Site(pmap, va));
        page.pvCount(page.pvCount() + 1);
    }

    void unlisted(VmPage page, TestPmap pmap, long va) {
        if (page.unmanaged()) {
            return;
        }
        if (!sites.get(page.frame()).remove(new Site(pmap, va))) {
            throw new AssertionError(page + " was not listed at " + Long.toHexString(va));
        }
        page.pvCount(page.pvCount() - 1);
    }

    @Override
    public PmapCapabilities capabilities() {
        return new PmapCapabilities(true, true, true, true, true, 64);
    }

    @Override
    public Pmap create() {
        long root = table();
        return root < 0 ? null : new TestPmap(this, root);
    }

    @Override
    public void removeAll(VmPage page) {
        for (Site site : List.copyOf(sites.get(page.frame()))) {
            site.pmap.remove(site.va, site.va + PhysicalMemory.PAGE_SIZE);
        }
        page.writeable(false);
    }

    @Override
    public void pageProtect(VmPage page, int prot) {
        if ((prot & VmProt.WRITE) != 0) {
            return;
        }
        if (prot == VmProt.NONE) {
            removeAll(page);
            return;
        }
        for (Site site : sites.get(page.frame())) {
            site.pmap.takeWrite(site.va);
        }
        page.writeable(false);
    }

    @Override
    public boolean isModified(VmPage page) {
        return any(page, TestFormat.CHANGED);
    }

    @Override
    public void clearModify(VmPage page) {
        clear(page, TestFormat.CHANGED);
    }

    @Override
    public int tsReferenced(VmPage page) {
        int count = any(page, TestFormat.USED) ? 1 : 0;
        clear(page, TestFormat.USED);
        return count;
    }

    @Override
    public boolean isReferenced(VmPage page) {
        return any(page, TestFormat.USED);
    }

    @Override
    public void clearReference(VmPage page) {
        clear(page, TestFormat.USED);
    }

    private boolean any(VmPage page, long bit) {
        for (Site site : sites.get(page.frame())) {
            if ((site.pmap.leaf(site.va) & bit) != 0) {
                return true;
            }
        }
        return false;
    }

    private void clear(VmPage page, long bit) {
        for (Site site : sites.get(page.frame())) {
            site.pmap.change(site.va, site.pmap.leaf(site.va) & ~bit);
        }
    }

    @Override
    public void zeroPage(VmPage page) {
        host.memory().zero(page.physicalAddress(), PhysicalMemory.PAGE_SIZE);
    }

    @Override
    public void copyPage(VmPage source, VmPage destination) {
        host.memory().copy(source.physicalAddress(), destination.physicalAddress(), PhysicalMemory.PAGE_SIZE);
    }

    @Override
    public long addressHint(long va, long sizeBytes) {
        return va;
    }

    @Override
    public PmapStats stats() {
        return new PmapStats(0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {
        if (pmaps != 0) {
            throw new AssertionError(pmaps + " pmaps were not released");
        }
    }
}
