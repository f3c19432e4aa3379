// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kernel.lwp.machine.Machine;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.VmProt;
import kernel.vm.tck.PmapRig;
import machine.x86.amd64.Amd64Machine;
import machine.x86.i386.I386Machine;
import machine.x86.la57.Amd64La57Machine;
import machine.x86.pae.I386PaeMachine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program could tell machines apart by: how many soft faults an access takes, and what an unmapping interrupts. */
class ObservableDifferencesTest {
    private static final long VA = 0x10_0000;
    private static final int READ_WRITE = VmProt.READ | VmProt.WRITE;

    private static Machine machine(String name) {
        return switch (name) {
            case "amd64" -> new Amd64Machine();
            case "amd64-la57" -> new Amd64La57Machine();
            case "i386" -> new I386Machine();
            default -> new I386PaeMachine();
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // machine; soft faults of: first read of a page entered by a fault, first write of one entered by a read, touch of
        // a prefaulted neighbour, touch after tsReferenced, write after clearModify; shootdowns of unmapping five pages
        "amd64, 0, 0, 0, 0, 0, 1",
        "amd64-la57, 0, 0, 0, 0, 0, 1",
        "i386, 0, 0, 0, 0, 0, 1",
        "i386-pae, 0, 0, 0, 0, 0, 1",
    })
    void softFaultsAndShootdowns(String name, int firstRead, int firstWrite, int neighbour, int afterScan, int afterClean,
            int shootdowns) {
        try (PmapRig rig = new PmapRig(UnderTest.of(machine(name)), 2)) {
            rig.onFirstCpu(() -> {
                Pmap pmap = rig.create();
                rig.load(pmap, 0);
                rig.load(pmap, 1);
                VmPage page = rig.page();
                rig.enter(pmap, VA, page, READ_WRITE, VmProt.READ);
                assertEquals(firstRead, faults(rig, VA, VmProt.READ), "first read");
                assertEquals(firstWrite, faults(rig, VA, VmProt.WRITE), "first write");
                assertEquals(0, faults(rig, VA, VmProt.WRITE), "second write");
                pmap.enterQuick(VA + 0x1000, rig.page(), VmProt.READ);
                assertEquals(neighbour, faults(rig, VA + 0x1000, VmProt.READ), "neighbour");
                rig.module().tsReferenced(page);
                assertEquals(afterScan, faults(rig, VA, VmProt.READ), "touch after a scan");
                rig.module().clearModify(page);
                assertEquals(afterClean, faults(rig, VA, VmProt.WRITE), "write after cleaning");
                long before = rig.module().stats().shootdowns();
                pmap.remove(VA, VA + 0x5000);
                assertEquals(shootdowns, rig.module().stats().shootdowns() - before, "shootdowns");
            });
        }
    }

    private static long faults(PmapRig rig, long va, int access) {
        long before = rig.softFaults();
        rig.access(0, va, access);
        return rig.softFaults() - before;
    }
}
