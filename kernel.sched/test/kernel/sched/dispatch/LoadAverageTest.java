// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadAverageTest {
    @ParameterizedTest
    @CsvSource({"1,5,164", "1,10,314", "1,30,804", "1,60,1291", "1,120,1766",
        "4,5,656", "4,10,1259", "4,30,3225", "4,60,5179", "4,120,7081"})
    void oneMinuteAverage(int runnable, int seconds, int scaled) {
        LoadAverage load = new LoadAverage();
        for (int t = 5; t <= seconds; t += 5) {
            load.update(runnable);
        }
        assertEquals(scaled, load.scaled(0));
    }
}
