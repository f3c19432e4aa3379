// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.i386;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import kernel.lwp.machine.MachineLimits;
import machine.core.cost.Cost;
import machine.x86.pae.I386PaeMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class I386MachineTest {
    private static final long MIB = 1L << 20;

    private final I386Machine machine = new I386Machine();

    @Test
    void limitsAreThoseOfTheHeader() {
        assertEquals(limits(1L << 32), machine.limits());
        assertEquals(limits(1L << 36), new I386PaeMachine().limits());
        assertEquals(32, machine.wordBits());
    }

    @Test
    void aConfigurationChangesTheCostsItNames() {
        machine.configure(Map.of("cost.page.zero", "77", "cost.ipi", 5L, "service.pid", "machine.i386"));
        assertEquals(77, machine.costs().nanos(Cost.PAGE_ZERO));
        assertEquals(5, machine.costs().nanos(Cost.IPI));
        assertEquals(500, machine.costs().nanos(Cost.PAGE_COPY));
        machine.configure(Map.of());
        assertEquals(300, machine.costs().nanos(Cost.PAGE_ZERO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "-1", "1.5", ""})
    void aBadCostIsNamedAndChangesNothing(String value) {
        Map<String, Object> bad = Map.of("cost.page.copy", value);
        assertThrows(IllegalArgumentException.class, () -> machine.configure(bad));
        assertEquals(500, machine.costs().nanos(Cost.PAGE_COPY));
    }

    @Test
    void aChangeOfSpaceEmptiesTheTlb() {
        assertFalse(machine.tlb().tagged());
        assertEquals(700, machine.costs().nanos(Cost.SWITCH_OTHER_SPACE)
                - machine.costs().nanos(Cost.SWITCH_SAME_SPACE));
    }

    private static MachineLimits limits(long maxPhysicalBytes) {
        return new MachineLimits(0, 0xbfc00000L, 0xbfbff000L,
                128 * MIB, 512 * MIB, 8 * MIB, 64 * MIB, 128 * MIB, maxPhysicalBytes);
    }
}
