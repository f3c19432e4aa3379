// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.aarch64;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import kernel.lwp.machine.MachineLimits;
import machine.core.cost.Cost;
import machine.core.cost.CostTable;
import org.junit.jupiter.api.Test;

class Aarch64MachineTest {
    private static final long MIB = 1L << 20;

    private final Aarch64Machine machine = new Aarch64Machine();

    @Test
    void limitsAreThoseOfTheHeader() {
        assertEquals(
                new MachineLimits(0, 0x0001000000000000L, 0x0000fffffffff000L,
                        128 * MIB, 1024 * MIB, 128 * MIB, 1024 * MIB, 1024 * MIB, 1L << 44),
                machine.limits());
    }

    @Test
    void bitsAreKeptByFaults() {
        assertEquals(250, machine.costs().nanos(Cost.SOFT_FAULT));
    }

    @Test
    void invalidationsAreBroadcastsAndNotInterrupts() {
        CostTable costs = machine.costs();
        assertEquals(0, costs.nanos(Cost.SHOOTDOWN_BASE));
        assertEquals(160, costs.nanos(Cost.TLBI_BROADCAST) + costs.nanos(Cost.TLBI_PER_CPU));
        assertEquals(200, costs.nanos(Cost.ICACHE_SYNC));
    }
}
