// SPDX-License-Identifier: BSD-2-Clause
package examples.riscv;

import java.util.stream.Stream;
import kernel.lwp.machine.Machine;
import kernel.lwp.tck.ContextKit;
import kernel.vm.tck.PmapCheck;
import kernel.vm.tck.PmapKit;
import kernel.vm.tck.PmapParts;
import kernel.vm.tck.PmapUnderTest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The conformance kit on the example machine. */
class RiscvKitTest {
    @TestFactory
    Stream<DynamicTest> passesTheKit() {
        Machine machine = new RiscvMachine();
        return PmapKit.checks().stream().map(check -> test(machine, check));
    }

    @TestFactory
    Stream<DynamicTest> passesTheKitOfContexts() {
        Machine machine = new RiscvMachine();
        return ContextKit.checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), () -> check.run(machine)));
    }

    private static DynamicTest test(Machine machine, PmapCheck check) {
        return DynamicTest.dynamicTest(machine.name() + ": " + check.name(), () -> check.run(underTest(machine)));
    }

    static PmapUnderTest underTest(Machine machine) {
        return new PmapParts(machine::walker, machine.tlb(), machine.costs(), machine::pmapModule,
                machine.limits().maxUserAddress());
    }
}
