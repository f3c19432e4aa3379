// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyRecorderTest {
    @Test
    void percentilesAreWithinOneStep() {
        Random random = new Random(1);
        LatencyRecorder recorder = new LatencyRecorder();
        long[] values = new long[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) Math.exp(random.nextDouble() * 20);
            recorder.record(values[i]);
        }
        Arrays.sort(values);
        for (int percent : new int[] {1, 10, 50, 90, 99, 100}) {
            long exact = values[values.length * percent / 100 - 1];
            long told = recorder.percentile(percent);
            assertTrue(told >= exact && told <= exact + exact / 16 + 1, percent + " %: " + told + " for " + exact);
        }
        assertEquals(values[values.length - 1], recorder.max());
        assertEquals(values.length, recorder.count());
    }

    @Test
    void emptyAndExtremeValues() {
        LatencyRecorder recorder = new LatencyRecorder();
        assertEquals(0, recorder.p50());
        recorder.record(0);
        assertEquals(0, recorder.p99());
        recorder.record(Long.MAX_VALUE);
        assertEquals(Long.MAX_VALUE, recorder.max());
        assertEquals(0, recorder.p50());
        assertEquals(Long.MAX_VALUE, recorder.p99());
    }

    @Test
    void additionEqualsRecordingBoth() {
        LatencyRecorder a = new LatencyRecorder();
        LatencyRecorder b = new LatencyRecorder();
        LatencyRecorder both = new LatencyRecorder();
        for (long v = 1; v < 1_000_000; v = v * 3 + 1) {
            (v % 2 == 0 ? a : b).record(v);
            both.record(v);
        }
        a.add(b);
        a.add(new LatencyRecorder());
        for (int percent = 1; percent <= 100; percent++) {
            assertEquals(both.percentile(percent), a.percentile(percent));
        }
        assertEquals(both.count(), a.count());
    }
}
