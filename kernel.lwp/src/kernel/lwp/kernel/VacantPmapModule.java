// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.PmapCapabilities;
import kernel.vm.pmap.PmapModule;
import kernel.vm.pmap.PmapStats;

/** The page-table code of {@link VacantMachine}: pmaps that only remember what is wired. */
final class VacantPmapModule implements PmapModule {
    private final int wordBits;

    VacantPmapModule(int wordBits) {
        this.wordBits = wordBits;
    }

    @Override
    public PmapCapabilities capabilities() {
        return new PmapCapabilities(true, true, true, false, false, wordBits);
    }

    @Override
    public Pmap create() {
        return new VacantPmap(this);
    }

    @Override
    public void removeAll(VmPage page) {
        throw VacantMachine.vacant();
    }

    @Override
    public void pageProtect(VmPage page, int prot) {
        throw VacantMachine.vacant();
    }

    @Override
    public boolean isModified(VmPage page) {
        return false;
    }

    @Override
    public void clearModify(VmPage page) {
        // There are no bits.
    }

    @Override
    public int tsReferenced(VmPage page) {
        return 0;
    }

    @Override
    public boolean isReferenced(VmPage page) {
        return false;
    }

    @Override
    public void clearReference(VmPage page) {
        // There are no bits.
    }

    @Override
    public void zeroPage(VmPage page) {
        throw VacantMachine.vacant();
    }

    @Override
    public void copyPage(VmPage source, VmPage destination) {
        throw VacantMachine.vacant();
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
        // It holds nothing.
    }
}
