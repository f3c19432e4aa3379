// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

import kernel.vm.pmap.PmapCapabilities;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.radix.RadixPmapModule;
import kernel.vm.tck.PmapUnderTest;
import machine.core.cost.Cost;
import machine.core.cost.CostTable;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;

/** A small 4-level machine: few PCIDs, a tiny TLB, round costs. */
record LongModeUnderTest(int pcids) implements PmapUnderTest {
    static final long MAX_USER = 1L << 47;

    @Override
    public Walker walker() {
        return new LongModeWalker(4, 46);
    }

    @Override
    public TlbGeometry tlb() {
        return new TlbGeometry(32, 4, 4, true);
    }

    @Override
    public CostTable costs() {
        return CostTable.free().with(Cost.SHOOTDOWN_BASE, 1000).with(Cost.SHOOTDOWN_PER_CPU, 200)
                .with(Cost.LOAD_ROOT, 200).with(Cost.TLBI_LOCAL, 60).with(Cost.TLB_FLUSH_ALL, 70).with(Cost.IPI, 800).with(Cost.INTERRUPT, 300);
    }

    @Override
    public PmapModule module(PmapHost host) {
        return new RadixPmapModule(host, PagingFormat.fourLevels(), new IpiTlbControl(host, pcids),
                new PmapCapabilities(true, true, false, true, true, 64), MAX_USER);
    }

    @Override
    public long maxUserAddress() {
        return MAX_USER;
    }
}
