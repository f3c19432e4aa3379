// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.util.List;
import java.util.TreeMap;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.MappingVisitor;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.PmapModule;
import kernel.vm.pmap.TableVisitor;
import kernel.vm.pmap.VmProt;
import kernel.vm.pmap.WalkStep;
import machine.core.engine.Cpu;
import machine.core.memory.PhysicalMemory;

/** Translations while there is no machine: none; wired mappings are only remembered. */
final class VacantPmap implements Pmap {
    private final PmapModule module;
    private final TreeMap<Long, VmPage> wired = new TreeMap<>();

    VacantPmap(PmapModule module) {
        this.module = module;
    }

    @Override
    public PmapModule module() {
        return module;
    }

    @Override
    public int enter(long va, VmPage page, int prot, int flags) {
        if ((flags & WIRED) == 0) {
            throw VacantMachine.vacant();
        }
        wired.put(va, page);
        return KernResult.SUCCESS;
    }

    @Override
    public void enterQuick(long va, VmPage page, int prot) {
        // Optional.
    }

    @Override
    public boolean isPrefaultable(long va) {
        return false;
    }

    @Override
    public void remove(long start, long end) {
        wired.subMap(start, end).clear();
    }

    @Override
    public void protect(long start, long end, int prot) {
        throw VacantMachine.vacant();
    }

    @Override
    public long extract(long va) {
        long offset = va & (PhysicalMemory.PAGE_SIZE - 1);
        VmPage page = wired.get(va - offset);
        return page == null ? -1 : page.physicalAddress() + offset;
    }

    @Override
    public void changeWiring(long va, boolean wire) {
        throw VacantMachine.vacant();
    }

    @Override
    public void copyTo(Pmap destination, long start, long end) {
        // Optional.
    }

    @Override
    public void activate(Cpu cpu) {
        // Nothing to load.
    }

    @Override
    public void deactivate(Cpu cpu) {
        // Nothing was loaded.
    }

    @Override
    public int residentCount() {
        return wired.size();
    }

    @Override
    public int wiredCount() {
        return wired.size();
    }

    @Override
    public void removePages() {
        // Only wired mappings are here.
    }

    @Override
    public void release() {
        wired.clear();
    }

    @Override
    public boolean softFault(long va, int access) {
        return false;
    }

    @Override
    public int mincore(long va) {
        return 0;
    }

    @Override
    public void forEachMapping(MappingVisitor visitor) {
        wired.forEach((va, page) -> visitor.mapping(va, page, VmProt.NONE, true, false, false));
    }

    @Override
    public void forEachTable(TableVisitor visitor) {
        // There are no tables.
    }

    @Override
    public List<WalkStep> describe(long va) {
        return List.of();
    }
}
