// SPDX-License-Identifier: BSD-2-Clause
package examples.riscv;

import java.util.stream.Stream;
import kernel.lwp.machine.Machine;
import kernel.vm.tck.MissingShootdowns;
import kernel.vm.tck.ShootdownSites;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Leaves out every single invalidation in turn; the check for stale translations must see each. */
class MissingShootdownTest {
    @TestFactory
    Stream<DynamicTest> eachIsNoticed() {
        Machine machine = new RiscvMachine();
        return ShootdownSites.names().stream().map(site -> DynamicTest.dynamicTest(site,
                () -> MissingShootdowns.check(RiscvKitTest.underTest(machine), site)));
    }
}
