// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LargePageFilterTest {
    private static final long MIB = 1L << 20;

    private final LargePageFilter filter = new LargePageFilter();

    @Test
    void deniesNothingThatIsThere() {
        filter.add(0x7f12_3456_7000L, 21);
        filter.add(3L << 30, 30);
        assertTrue(filter.mayHold(0x7f12_3440_0000L));
        assertTrue(filter.mayHold(0x7f12_345f_f000L));
        assertTrue(filter.mayHold((3L << 30) + 700 * MIB));
    }

    @Test
    void deniesNeighboursAndWhatWasTakenBack() {
        filter.add(4 * MIB, 21);
        filter.add(5 * MIB, 21);
        assertFalse(filter.mayHold(2 * MIB));
        assertFalse(filter.mayHold(6 * MIB));
        filter.remove(4 * MIB, 21);
        assertTrue(filter.mayHold(4 * MIB));
        filter.remove(4 * MIB, 21);
        assertFalse(filter.mayHold(4 * MIB));
    }

    @Test
    void isEmptyWhenCleared() {
        filter.add(4 * MIB, 21);
        filter.clear();
        assertFalse(filter.mayHold(4 * MIB));
    }
}
