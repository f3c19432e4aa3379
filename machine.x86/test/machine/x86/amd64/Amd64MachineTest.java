// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.amd64;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.lwp.machine.MachineLimits;
import machine.core.cost.Cost;
import machine.core.cost.CostTable;
import org.junit.jupiter.api.Test;

class Amd64MachineTest {
    private static final long MIB = 1L << 20;

    private final Amd64Machine machine = new Amd64Machine();

    @Test
    void limitsAreThoseOfTheHeader() {
        assertEquals(
                new MachineLimits(0, 0x0000800000000000L, 0x00007ffffffff000L,
                        32768 * MIB, 32768 * MIB, 8 * MIB, 512 * MIB, 32768 * MIB, 1L << 46),
                machine.limits());
    }

    @Test
    void bitsAreKeptByHardware() {
        assertEquals(0, machine.costs().nanos(Cost.SOFT_FAULT));
    }

    @Test
    void shootdownsAreInterruptsAndNotBroadcasts() {
        CostTable costs = machine.costs();
        assertEquals(1200, costs.nanos(Cost.SHOOTDOWN_BASE) + costs.nanos(Cost.SHOOTDOWN_PER_CPU));
        assertEquals(0, costs.nanos(Cost.TLBI_BROADCAST));
        assertEquals(0, costs.nanos(Cost.ICACHE_SYNC));
    }
}
