// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.m2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceTableTest {
    @ParameterizedTest
    @CsvSource({"0,5,15", "6,10,14", "11,15,13", "16,19,12", "20,24,11", "25,29,10", "30,34,9", "35,39,8", "40,44,7",
        "45,48,6", "49,53,5", "54,58,4", "59,62,3", "63,63,2"})
    void slicesAt100Hz(int from, int to, int ticks) {
        SliceTable table = new SliceTable(100);
        for (int p = from; p <= to; p++) {
            assertEquals(ticks, table.ticks(p), "priority " + p);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,150", "5,141", "10,131", "15,121", "20,110", "25,100", "31,87", "36,76", "43,62", "50,48", "55,37",
        "62,23", "63,20"})
    void slicesAt1000Hz(int priority, int ticks) {
        assertEquals(ticks, new SliceTable(1000).ticks(priority));
    }

    @ParameterizedTest
    @CsvSource({"0,37", "1,37", "2,37", "63,5"})
    void slicesAt250Hz(int priority, int ticks) {
        assertEquals(ticks, new SliceTable(250).ticks(priority));
    }

    @ParameterizedTest
    @CsvSource({"0,10,57", "11,20,58", "21,31,59", "32,41,60", "42,52,61", "53,62,62", "63,63,63"})
    void highPriorities(int from, int to, int high) {
        for (int p = from; p <= to; p++) {
            assertEquals(high, SliceTable.high(p), "priority " + p);
        }
    }

    /** Both ends can be moved, and the whole table follows; what does not go together changes nothing. */
    @Test
    void theEndsOfTheTableCanBeSet() {
        SliceTable table = new SliceTable(100);
        table.setMax(400);
        assertEquals(40, table.ticks(0));
        assertEquals(2, table.ticks(63));
        table.setMin(100);
        assertEquals(10, table.ticks(63));
        assertEquals(26, table.ticks(31));
        for (int millis : new int[] {400, 9, 5000}) {
            assertThrows(IllegalArgumentException.class, () -> table.setMin(millis), millis + " ms");
        }
        for (int millis : new int[] {100, 90, 1010}) {
            assertThrows(IllegalArgumentException.class, () -> table.setMax(millis), millis + " ms");
        }
        assertEquals(26, table.ticks(31));
        table.setMin(10);
        assertThrows(IllegalArgumentException.class, () -> table.setMax(90), "ten ticks at least");
        table.setMax(100);
        assertEquals(10, table.ticks(0));
        assertEquals(1, table.ticks(63));
        table.setMax(1000);
        assertEquals(100, table.ticks(0));
    }

    @Test
    void realTimeKeepsItsPriorityAndRuns100Milliseconds() {
        assertEquals(140, SliceTable.high(140));
        assertEquals(10, new SliceTable(100).ticks(140));
        assertEquals(100, new SliceTable(1000).realtimeTicks());
    }
}
