// SPDX-License-Identifier: BSD-2-Clause
package examples.riscv;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import kernel.lwp.machine.Machine;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.radix.RadixPmapModule;
import kernel.vm.tck.ForgetfulTlbControl;
import kernel.vm.tck.PmapRig;
import kernel.vm.tck.PmapUnderTest;
import kernel.vm.tck.ShootdownSites;
import machine.core.cost.CostTable;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Leaves out every single invalidation in turn; the check for stale translations must see each. */
class MissingShootdownTest {
    /** A machine whose TLB maintenance can forget. */
    private static final class Forgetting implements PmapUnderTest {
        private final Machine machine;
        private ForgetfulTlbControl control;

        Forgetting(Machine machine) {
            this.machine = machine;
        }

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
            RadixPmapModule real = (RadixPmapModule) machine.pmapModule(host);
            control = new ForgetfulTlbControl(real.tlb(), host.engine());
            return new RadixPmapModule(host, real.format(), control, real.capabilities(), real.addressLimit());
        }

        @Override
        public long maxUserAddress() {
            return machine.limits().maxUserAddress();
        }
    }

    @TestFactory
    Stream<DynamicTest> eachIsNoticed() {
        Machine machine = new RiscvMachine();
        return ShootdownSites.names().stream().map(site -> DynamicTest.dynamicTest(site, () -> leaveOut(machine, site)));
    }

    private static void leaveOut(Machine machine, String site) {
        int invalidations = run(machine, site, -1);
        for (int i = 0; i < invalidations; i++) {
            run(machine, site, i);
        }
    }

    /** Returns how many invalidations there were. */
    private static int run(Machine machine, String site, int skipped) {
        Forgetting subject = new Forgetting(machine);
        int[] count = new int[1];
        try (PmapRig rig = new PmapRig(subject, 2)) {
            rig.onFirstCpu(() -> {
                if (!ShootdownSites.applies(rig, site)) {
                    return;
                }
                String noticed = ShootdownSites.run(rig, site, subject.control, skipped);
                if (skipped < 0) {
                    assertNull(noticed);
                } else {
                    assertNotNull(noticed, "invalidation " + skipped + " is missed by nobody");
                }
                count[0] = subject.control.count();
                assertTrue(count[0] > 0, "nothing was to be invalidated");
            });
        }
        return count[0];
    }
}
