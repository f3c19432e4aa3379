// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.kit;

import kernel.lwp.machine.Machine;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.tck.PmapUnderTest;
import machine.core.cost.CostTable;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;

/** The parts of a machine that the kit exercises. */
record UnderTest(Machine machine) implements PmapUnderTest {
    @Override
    public Walker walker() {
        return machine.walker();
    }

    @Override
    public TlbGeometry tlb() {
        return machine.tlb();
    }

    @Override
    public CostTable costs() {
        return machine.costs();
    }

    @Override
    public PmapModule module(PmapHost host) {
        return machine.pmapModule(host);
    }

    @Override
    public long maxUserAddress() {
        return machine.limits().maxUserAddress();
    }
}
