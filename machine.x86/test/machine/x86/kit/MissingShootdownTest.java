// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.kit;

import java.util.List;
import java.util.stream.Stream;
import kernel.lwp.machine.Machine;
import kernel.vm.tck.MissingShootdowns;
import kernel.vm.tck.ShootdownSites;
import machine.x86.amd64.Amd64Machine;
import machine.x86.i386.I386Machine;
import machine.x86.la57.Amd64La57Machine;
import machine.x86.pae.I386PaeMachine;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Leaves out every single invalidation in turn; the check for stale translations must see each. */
class MissingShootdownTest {
    @TestFactory
    Stream<DynamicTest> eachIsNoticed() {
        List<Machine> machines = List.of(new Amd64Machine(), new Amd64La57Machine(),
                new I386Machine(), new I386PaeMachine());
        return machines.stream().flatMap(machine -> ShootdownSites.names().stream().map(site ->
                DynamicTest.dynamicTest(machine.name() + ": " + site,
                        () -> MissingShootdowns.check(UnderTest.of(machine), site))));
    }
}
