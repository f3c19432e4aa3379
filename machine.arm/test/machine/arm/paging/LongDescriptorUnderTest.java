// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

import kernel.vm.pmap.PmapCapabilities;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.radix.RadixPmapModule;
import kernel.vm.tck.PmapUnderTest;
import machine.core.cost.Cost;
import machine.core.cost.CostTable;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;

/** A small machine with long descriptors: a tiny TLB, round costs. */
record LongDescriptorUnderTest(int asidBits) implements PmapUnderTest {
    static final long MAX_USER = 1L << 48;

    @Override
    public Walker walker() {
        return new LongDescriptorWalker(44, false);
    }

    @Override
    public TlbGeometry tlb() {
        return new TlbGeometry(32, 4, 4, true);
    }

    @Override
    public CostTable costs() {
        return CostTable.free().with(Cost.TLBI_BROADCAST, 150).with(Cost.TLBI_PER_CPU, 10)
                .with(Cost.TLB_FLUSH_ALL, 100).with(Cost.SOFT_FAULT, 250).with(Cost.ICACHE_SYNC, 200);
    }

    @Override
    public PmapModule module(PmapHost host) {
        return new RadixPmapModule(host, new LongDescriptorFormat(false), new BroadcastTlbControl(host, asidBits),
                new PmapCapabilities(true, true, false, false, false, 64), MAX_USER);
    }

    @Override
    public long maxUserAddress() {
        return MAX_USER;
    }
}
