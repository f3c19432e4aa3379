// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.kit;

import java.util.List;
import java.util.stream.Stream;
import kernel.lwp.machine.Machine;
import kernel.vm.tck.PmapCheck;
import kernel.vm.tck.PmapKit;
import machine.arm.aarch64.Aarch64Machine;
import machine.arm.armv7.Armv7Machine;
import machine.arm.hafdbs.Aarch64HafdbsMachine;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The conformance kit on each ARM machine. */
class MachineKitTest {
    @TestFactory
    Stream<DynamicTest> passesTheKit() {
        List<Machine> machines = List.of(new Aarch64Machine(), new Aarch64HafdbsMachine(), new Armv7Machine());
        return machines.stream().flatMap(machine -> PmapKit.checks().stream().map(check -> test(machine, check)));
    }

    private static DynamicTest test(Machine machine, PmapCheck check) {
        return DynamicTest.dynamicTest(machine.name() + ": " + check.name(), () -> check.run(UnderTest.of(machine)));
    }
}
