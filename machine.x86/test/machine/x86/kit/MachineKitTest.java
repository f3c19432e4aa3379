// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.kit;

import java.util.List;
import java.util.stream.Stream;
import kernel.lwp.machine.Machine;
import kernel.vm.tck.PmapCheck;
import kernel.vm.tck.PmapKit;
import machine.x86.amd64.Amd64Machine;
import machine.x86.i386.I386Machine;
import machine.x86.la57.Amd64La57Machine;
import machine.x86.pae.I386PaeMachine;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The conformance kit on each x86 machine. */
class MachineKitTest {
    @TestFactory
    Stream<DynamicTest> passesTheKit() {
        List<Machine> machines =
                List.of(new Amd64Machine(), new Amd64La57Machine(), new I386Machine(), new I386PaeMachine());
        return machines.stream().flatMap(machine -> PmapKit.checks().stream().map(check -> test(machine, check)));
    }

    private static DynamicTest test(Machine machine, PmapCheck check) {
        return DynamicTest.dynamicTest(machine.name() + ": " + check.name(), () -> check.run(UnderTest.of(machine)));
    }
}
