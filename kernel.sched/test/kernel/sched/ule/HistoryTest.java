// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.ule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryTest {
    /** A threshold above 50, with which every score is worked out. */
    private static final int NO_SHORTCUT = 51;
    private final History history = new History(100);

    @ParameterizedTest
    @CsvSource({"0,0,0,0", "100,100,0,50", "100,0,0,100", "0,100,0,0", "200,100,0,75", "100,200,0,25", "50,200,0,12",
        "50,200,10,22", "50,200,-20,0"})
    void scoreFollowsRunAndSleep(int ran, int slept, int nice, int score) {
        history.ran(ran);
        history.slept(slept);
        assertEquals(score, history.score(nice, NO_SHORTCUT));
    }

    /** Up to a threshold of 50 whoever ran as long as it slept, or has no history, has a score of 50, whatever else it would be. */
    @ParameterizedTest
    @CsvSource({"0,0,0,50", "100,100,0,50", "100,0,0,50", "200,100,0,50", "100,200,0,25", "100,0,-20,30", "100,0,20,70"})
    void whoCannotBeInteractiveIsNotAssessed(int ran, int slept, int nice, int score) {
        history.ran(ran);
        history.slept(slept);
        assertEquals(score, history.score(nice, History.THRESHOLD));
        assertEquals(score, history.score(nice, 50));
    }

    @Test
    void aLittleTooMuchIsScaledByFourFifths() {
        history.ran(300);
        history.slept(250);
        assertEquals((300L << History.SHIFT) / 5 * 4, history.run());
        assertEquals((250L << History.SHIFT) / 5 * 4, history.sleep());
    }

    @Test
    void muchTooMuchIsHalved() {
        history.ran(300);
        history.slept(400);
        assertEquals(150L << History.SHIFT, history.run());
        assertEquals(200L << History.SHIFT, history.sleep());
    }

    @Test
    void aVeryLongSleepLeavesAlmostNoRunTime() {
        history.ran(300);
        history.slept(5000);
        assertEquals(1, history.run());
        assertEquals(500L << History.SHIFT, history.sleep());
    }

    @Test
    void aChildInheritsHalfASecondAtMost() {
        history.ran(200);
        history.slept(200);
        History child = new History(100);
        child.inherit(history);
        assertEquals(50L << History.SHIFT, child.run() + child.sleep());
        assertEquals(50, child.score(0, NO_SHORTCUT));
    }

    @Test
    void theRunTimeOfAnEndedChildIsCharged() {
        History child = new History(100);
        child.ran(70);
        history.ran(30);
        history.absorb(child);
        assertEquals(100L << History.SHIFT, history.run());
    }

    @Test
    void anAssumedShareGivesItsScore() {
        history.assume(1, 4);
        assertTrue(Math.abs(history.score(0, NO_SHORTCUT) - 16) <= 1, "score " + history.score(0, NO_SHORTCUT));
    }
}
