// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.kit;

import java.util.List;
import java.util.stream.Stream;
import kernel.lwp.machine.Machine;
import kernel.vm.tck.MissingShootdowns;
import kernel.vm.tck.ShootdownSites;
import machine.arm.aarch64.Aarch64Machine;
import machine.arm.armv7.Armv7Machine;
import machine.arm.hafdbs.Aarch64HafdbsMachine;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Leaves out every single invalidation in turn; the check for stale translations must see each. */
class MissingShootdownTest {
    @TestFactory
    Stream<DynamicTest> eachIsNoticed() {
        List<Machine> machines = List.of(new Aarch64Machine(), new Aarch64HafdbsMachine(), new Armv7Machine());
        return machines.stream().flatMap(machine -> ShootdownSites.names().stream().map(site ->
                DynamicTest.dynamicTest(machine.name() + ": " + site,
                        () -> MissingShootdowns.check(UnderTest.of(machine), site))));
    }
}
