// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.sched.fourbsd.FourBsd;
import kernel.sched.task.Task;
import kernel.sched.tck.PlainScheduler;
import kernel.sched.toy.ToyKernel;
import machine.core.engine.EngineThread;
import machine.core.engine.Input;
import machine.core.engine.InputRecord;
import machine.core.engine.Replay;
import machine.core.engine.RunLimit;
import machine.core.watchdog.EvictionReport;
import machine.core.watchdog.HostWatchdog;
import machine.core.watchdog.Overdue;
import org.junit.jupiter.api.Test;

/** What the host watchdog did is part of the record, and is done again without it. */
class OverdueReplayTest {
    private static final long MS = 1_000_000;

    /** Loops for ever when the fifth task falls asleep; the safepoint is what weaving puts into a loop. */
    private static final class Looping extends PlainScheduler {
        private int sleeps;

        @Override
        public void slept(Task task) {
            if (++sleeps == 5) {
                while (true) {
                    Overdue.poll();
                }
            }
        }
    }

    private static ToyKernel kernel() {
        ToyKernel kernel = new ToyKernel(2, 9, Looping::new, "looping");
        kernel.dispatcher.slot().guard().fallback((failed, fits) -> ToyKernel.handle(new FourBsd(), "4bsd"));
        return kernel;
    }

    private static Input<Void> work(ToyKernel kernel) {
        return Input.of("work", engine -> {
            for (int i = 0; i < 4; i++) {
                kernel.start(() -> {
                    for (int round = 0; round < 6; round++) {
                        kernel.compute(3 * MS);
                        kernel.sleep.kpause("nap", 1, false);
                    }
                });
            }
            return null;
        });
    }

    @Test
    void aReplayInterruptsTheSameCallback() {
        List<InputRecord> recording;
        long hash;
        ToyKernel first = kernel();
        try (HostWatchdog watchdog = new HostWatchdog(50); EngineThread thread = new EngineThread("first", first.engine)) {
            watchdog.add(first.engine.watch());
            thread.call(work(first));
            thread.run(RunLimit.none());
            recording = thread.recording();
            hash = thread.call(engine -> engine.events().hash());
            assertEquals(EvictionReport.Kind.OVERDUE, first.dispatcher.engine().evictions().reports().getFirst().kind());
        }
        assertTrue(recording.stream().anyMatch(record -> record.kind() == InputRecord.Kind.OVERDUE), recording.toString());
        assertEquals(recording, recording.stream().map(record -> InputRecord.parse(record.line())).toList());
        try (ToyKernel again = kernel()) {
            Replay.all(again.engine, recording, text -> work(again));
            assertEquals(hash, again.engine.events().hash());
            assertEquals(first.dispatcher.engine().evictions().reports().getFirst().event(),
                    again.dispatcher.engine().evictions().reports().getFirst().event());
        }
    }
}
