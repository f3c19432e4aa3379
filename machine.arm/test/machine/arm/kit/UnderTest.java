// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.kit;

import kernel.lwp.machine.Machine;
import kernel.vm.tck.PmapParts;
import kernel.vm.tck.PmapUnderTest;

/** The parts of a machine that the kit exercises. */
final class UnderTest {
    private UnderTest() {
    }

    static PmapUnderTest of(Machine machine) {
        return new PmapParts(machine::walker, machine.tlb(), machine.costs(), machine::pmapModule,
                machine.limits().maxUserAddress());
    }
}
