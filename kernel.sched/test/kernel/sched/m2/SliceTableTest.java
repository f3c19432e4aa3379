// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.m2;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

    @Test
    void realTimeKeepsItsPriorityAndRuns100Milliseconds() {
        assertEquals(140, SliceTable.high(140));
        assertEquals(10, new SliceTable(100).ticks(140));
        assertEquals(100, new SliceTable(1000).realtimeTicks());
    }
}
