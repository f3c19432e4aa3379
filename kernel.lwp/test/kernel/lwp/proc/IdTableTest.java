// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdTableTest {
    private final IdTable ids = new IdTable();

    @Test
    void idsCountFromOne() {
        for (int expected = 1; expected <= 20; expected++) {
            assertEquals(expected, ids.allocate());
        }
    }

    @Test
    void aFreedIdComesBackLateAndChanged() {
        int first = ids.allocate();
        ids.free(first);
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            seen.add(ids.allocate());
        }
        assertFalse(seen.contains(first));
    }

    @Test
    void aReusedSlotGetsTheNextUseCount() {
        ids.free(ids.allocate());
        int last = 0;
        for (int i = 0; i < 31; i++) {
            last = ids.allocate();
            ids.free(last);
        }
        assertEquals(33, last);
    }

    @Test
    void liveIdsStayUniqueThroughGrowth() {
        Random random = new Random(11);
        ArrayDeque<Integer> live = new ArrayDeque<>();
        Set<Integer> members = new HashSet<>();
        for (int step = 0; step < 50_000; step++) {
            if (random.nextInt(5) < 3 || live.isEmpty()) {
                int id = ids.allocate();
                assertTrue(id > 0 && id < 1 << 30, () -> "id " + id);
                assertTrue(members.add(id), () -> "id " + id + " was given twice");
                live.add(id);
            } else {
                int id = live.poll();
                members.remove(id);
                ids.free(id);
            }
        }
        members.forEach(id -> assertTrue(ids.inUse(id), () -> "id " + id));
        assertEquals(members.size() + 1, ids.used());
    }

    @Test
    void freeingWhatIsFreeIsRefused() {
        int id = ids.allocate();
        ids.free(id);
        assertFalse(ids.inUse(id));
        assertThrows(IllegalArgumentException.class, () -> ids.free(id));
    }
}
