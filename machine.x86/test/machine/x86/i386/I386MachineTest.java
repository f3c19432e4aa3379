// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.i386;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import kernel.lwp.machine.MachineLimits;
import machine.core.cost.Cost;
import machine.x86.pae.I386PaeMachine;
import org.junit.jupiter.api.Test;

class I386MachineTest {
    private static final long MIB = 1L << 20;

    private final I386Machine machine = new I386Machine();

    @Test
    void limitsAreThoseOfTheHeader() {
        MachineLimits expected = new MachineLimits(0, 0xbfc00000L, 0xbfbff000L,
                128 * MIB, 512 * MIB, 8 * MIB, 64 * MIB, 128 * MIB);
        assertEquals(expected, machine.limits());
        assertEquals(expected, new I386PaeMachine().limits());
        assertEquals(32, machine.wordBits());
    }

    @Test
    void aChangeOfSpaceEmptiesTheTlb() {
        assertFalse(machine.tlb().tagged());
        assertEquals(700, machine.costs().nanos(Cost.SWITCH_OTHER_SPACE)
                - machine.costs().nanos(Cost.SWITCH_SAME_SPACE));
    }
}
