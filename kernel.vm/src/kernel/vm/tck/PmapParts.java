// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import java.util.function.Function;
import java.util.function.Supplier;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import machine.core.cost.CostTable;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;

/**
 * The parts of a machine, put together by whoever has it: the kit does not know what a machine is.
 *
 * @param walkers makes what fills the MMU of every CPU
 * @param tlb the TLB of every CPU
 * @param costs what things cost
 * @param modules makes the module that is checked
 * @param maxUserAddress first address above user space
 */
public record PmapParts(Supplier<Walker> walkers, TlbGeometry tlb, CostTable costs,
        Function<PmapHost, PmapModule> modules, long maxUserAddress) implements PmapUnderTest {
    @Override
    public Walker walker() {
        return walkers.get();
    }

    @Override
    public PmapModule module(PmapHost host) {
        return modules.apply(host);
    }
}
