// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.VmProt;
import kernel.vm.tck.LostInvalidations;
import kernel.vm.tck.PmapRig;
import machine.core.engine.KernelPanic;
import org.junit.jupiter.api.Test;

/** When identifiers run out, every CPU forgets all that it has cached; leaving one out is noticed. */
class MissingEpochFlushTest {
    private static final long VA = 0x10_0000;
    private static final int SPACES = 600;

    /** Returns what the check noticed, or null; counts the flushes that found something. */
    private static String run(LostInvalidations lost) {
        String[] noticed = new String[1];
        try (PmapRig rig = new PmapRig(new LongDescriptorUnderTest(8), 2)) {
            rig.onFirstCpu(() -> {
                Pmap first = rig.create();
                rig.enter(first, VA, rig.page(), VmProt.READ, VmProt.READ);
                for (int cpu = 0; cpu < 2; cpu++) {
                    rig.load(first, cpu);
                    rig.access(cpu, VA, VmProt.READ);
                    rig.load(null, cpu);
                }
                lost.begin(rig);
                try {
                    for (int i = 0; i < SPACES; i++) {
                        Pmap next = rig.create();
                        rig.load(next, 0);
                        rig.load(next, 1);
                    }
                } catch (KernelPanic panic) {
                    noticed[0] = panic.getMessage();
                }
            });
        }
        return noticed[0];
    }

    @Test
    void eachIsNoticed() {
        LostInvalidations none = new LostInvalidations(-1);
        assertNull(run(none));
        assertEquals(2, none.count(), "flushes that found something");
        for (int i = 0; i < none.count(); i++) {
            assertNotNull(run(new LostInvalidations(i)), "flush " + i);
        }
    }
}
