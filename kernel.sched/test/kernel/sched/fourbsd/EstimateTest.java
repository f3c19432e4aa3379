// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.fourbsd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {
    @ParameterizedTest
    @CsvSource({"0,63,62,59,54,45", "10,53,52,49,44,35", "20,43,42,39,34,25", "30,33,32,29,24,15", "40,23,22,19,14,5"})
    void priorityByNiceAndUse(int nice, int at0, int at1, int at4, int at9, int at18) {
        assertEquals(at0, Estimate.priority(0, nice));
        assertEquals(at1, Estimate.priority(1 * Estimate.UNIT, nice));
        assertEquals(at4, Estimate.priority(4 * Estimate.UNIT, nice));
        assertEquals(at9, Estimate.priority(9 * Estimate.UNIT, nice));
        assertEquals(at18, Estimate.priority(18 * Estimate.UNIT, nice));
        assertEquals(Math.max(0, 9 - nice), Estimate.priority(54 * Estimate.UNIT, nice));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 0, 0, 0, 0, 0, 0",
        "1, 12, 8, 5.33, 3.56, 2.37, 1.58, 1.05, 0.70, 0.47",
        "2, 14.4, 11.52, 9.22, 7.37, 5.90, 4.72, 3.77, 3.02, 2.42",
        "4, 16, 14.22, 12.64, 11.24, 9.99, 8.88, 7.89, 7.01, 6.23",
        "8, 16.94, 15.94, 15.01, 14.12, 13.29, 12.51, 11.77, 11.08, 10.43"})
    void decayBySecondAndLoad(int load, double s1, double s2, double s3, double s4, double s5, double s6, double s7,
            double s8, double s9) {
        double[] expected = {s1, s2, s3, s4, s5, s6, s7, s8, s9};
        int factor = Estimate.loadFactor(load * 2048);
        int estcpu = Estimate.MAX;
        for (int second = 0; second < expected.length; second++) {
            estcpu = Estimate.decay(estcpu, factor);
            assertEquals(expected[second], estcpu / 2048.0, 0.006, "load " + load + " after " + (second + 1) + " s");
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,36864", "1,2,24576", "1,3,16384", "1,13,284", "1,14,0", "1,60,0", "0,1,0", "4,2,32768"})
    void catchUpAppliesOneSecondLessAndForgetsLongSleeps(int load, int seconds, int expected) {
        assertEquals(expected, Estimate.decay(Estimate.MAX, Estimate.loadFactor(load * 2048), seconds), 1);
    }

    @Test
    void aHogSaturatesAfter36ClockTicks() {
        int estcpu = 0;
        for (int tick = 1; tick <= 36; tick++) {
            assertTrue(estcpu < Estimate.MAX, "saturated before tick " + tick);
            estcpu = Estimate.accumulate(estcpu);
        }
        assertEquals(36_864, estcpu);
        assertEquals(36_864, Estimate.accumulate(estcpu));
    }
}
