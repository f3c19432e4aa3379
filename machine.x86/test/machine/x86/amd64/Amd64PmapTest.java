// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.amd64;

import java.util.stream.Stream;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.tck.PmapKit;
import kernel.vm.tck.PmapUnderTest;
import machine.core.cost.CostTable;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The conformance kit on the amd64 machine. */
class Amd64PmapTest {
    @TestFactory
    Stream<DynamicTest> passesTheKit() {
        PmapUnderTest machine = new UnderTest(new Amd64Machine());
        return PmapKit.checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), () -> check.run(machine)));
    }

    private record UnderTest(Amd64Machine machine) implements PmapUnderTest {
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
