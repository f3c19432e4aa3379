// SPDX-License-Identifier: BSD-2-Clause
package machine.core.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CostTableTest {

    @Test
    void tablesAreImmutable() {
        CostTable free = CostTable.free();
        CostTable dear = free.with(Cost.IPI, 800);
        assertEquals(0, free.nanos(Cost.IPI));
        assertEquals(800, dear.nanos(Cost.IPI));
    }

    @Test
    void theGenericTableLeavesNothingOut() {
        for (Cost cost : Cost.values()) {
            assertTrue(CostTable.generic().nanos(cost) > 0, cost.name());
        }
    }

    @Test
    void negativeCostsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> CostTable.free().with(Cost.LOAD, -1));
    }
}
