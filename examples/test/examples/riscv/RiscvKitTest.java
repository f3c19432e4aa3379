// SPDX-License-Identifier: BSD-2-Clause
package examples.riscv;

import java.util.stream.Stream;
import kernel.lwp.machine.Machine;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.tck.PmapCheck;
import kernel.vm.tck.PmapKit;
import kernel.vm.tck.PmapUnderTest;
import machine.core.cost.CostTable;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The conformance kit on the example machine. */
class RiscvKitTest {
    @TestFactory
    Stream<DynamicTest> passesTheKit() {
        Machine machine = new RiscvMachine();
        return PmapKit.checks().stream().map(check -> test(machine, check));
    }

    private static DynamicTest test(Machine machine, PmapCheck check) {
        return DynamicTest.dynamicTest(machine.name() + ": " + check.name(), () -> check.run(new UnderTest(machine)));
    }

    private record UnderTest(Machine machine) implements PmapUnderTest {
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
}
