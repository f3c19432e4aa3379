// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.armv7;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.lwp.machine.MachineLimits;
import machine.arm.hafdbs.Aarch64HafdbsMachine;
import machine.core.cost.Cost;
import org.junit.jupiter.api.Test;

class Armv7MachineTest {
    private static final long MIB = 1L << 20;

    private final Armv7Machine machine = new Armv7Machine();

    @Test
    void limitsAreThoseOfTheHeader() {
        assertEquals(new MachineLimits(0x1000, 0xbfc00000L, 0xbfbff000L,
                128 * MIB, 512 * MIB, 2 * MIB, 8 * MIB, 64 * MIB, 1L << 32), machine.limits());
        assertEquals(32, machine.wordBits());
    }

    @Test
    void bitsAreKeptByFaultsUnlessTheProcessorManagesThem() {
        assertEquals(900, machine.costs().nanos(Cost.SOFT_FAULT));
    }
}
