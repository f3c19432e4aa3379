// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.ule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import kernel.sched.toy.StubTask;
import org.junit.jupiter.api.Test;

class CalendarTest {
    private final Calendar calendar = new Calendar();
    private final StubTask good = new StubTask("good", 40);
    private final StubTask bad = new StubTask("bad", 1);

    @Test
    void theBetterComesOutFirst() {
        calendar.add(bad, calendar.slotFor(40, 42, false));
        calendar.add(good, calendar.slotFor(1, 42, false));
        assertSame(good, calendar.first());
    }

    @Test
    void theWorstIsServedWithinOneRevolutionAgainstAnEndlessGoodOne() {
        int worst = calendar.slotFor(41, 42, false);
        calendar.add(bad, worst);
        int served = 0;
        while (calendar.first() != bad || served == 0) {
            int slot = calendar.slotFor(0, 42, false);
            calendar.add(good, slot);
            if (calendar.first() == bad) {
                break;
            }
            calendar.remove(good, slot);
            calendar.advance();
            served++;
            if (served > Calendar.SLOTS) {
                break;
            }
        }
        assertSame(bad, calendar.first());
        assertEquals(true, served <= Calendar.SLOTS, "after " + served);
    }

    @Test
    void thePreemptedGoesToTheRemovalSlot() {
        calendar.add(bad, calendar.slotFor(40, 42, true));
        calendar.add(good, calendar.slotFor(1, 42, false));
        assertSame(bad, calendar.first());
    }

    @Test
    void theRemovalSlotIsNotFilledAgainOnceInsertionMovedOn() {
        calendar.add(good, 0);
        calendar.advance();
        assertEquals(Calendar.SLOTS - 1, calendar.slotFor(63, 64, false));
    }

    /** Both points move on together while the slot is empty; the insertion point is never more than one ahead of a full one. */
    @Test
    void theInsertionPointWaitsForTheRemovalPoint() {
        calendar.advance();
        calendar.advance();
        assertEquals(2, calendar.slotFor(0, 42, false));
        assertEquals(2, calendar.slotFor(0, 42, true));
        calendar.add(good, 2);
        calendar.advance();
        calendar.advance();
        assertEquals(3, calendar.slotFor(0, 42, false));
        assertEquals(2, calendar.slotFor(0, 42, true));
        calendar.remove(good, 2);
        assertEquals(3, calendar.slotFor(0, 42, true), "the removal point leaves the slot with its last task");
        calendar.advance();
        assertEquals(4, calendar.slotFor(0, 42, false));
    }

    @Test
    void itEmptiesAndRefusesStrangers() {
        calendar.add(good, 5);
        calendar.remove(good, 5);
        assertNull(calendar.first());
        assertThrows(IllegalStateException.class, () -> calendar.remove(bad, 5));
    }
}
