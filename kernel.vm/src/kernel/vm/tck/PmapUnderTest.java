// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import machine.core.cost.CostTable;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;
import org.osgi.annotation.versioning.ConsumerType;

/** The parts of a machine that the kit exercises together. */
@ConsumerType
public interface PmapUnderTest {
    /** What fills the MMU of every CPU. */
    Walker walker();

    /** The TLB of every CPU. */
    TlbGeometry tlb();

    /** What things cost. */
    CostTable costs();

    /** Makes the module that is checked. */
    PmapModule module(PmapHost host);

    /** First address above user space. */
    long maxUserAddress();
}
