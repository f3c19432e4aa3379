// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.task.Task;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import org.junit.jupiter.api.Test;

/** The statistics leave long sleepers alone, and nobody can tell. */
class LongSleepTest {
    private static final long MS = 1_000_000;

    @Test
    void aSleeperCountsItsSecondsAndDecaysUnvisited() {
        try (ToyKernel kernel = new ToyKernel(1, 1).checked()) {
            ToyTask sleeper = kernel.start(() -> {
                kernel.compute(1_900 * MS);
                kernel.sleep.tsleep(0x100, "long", 0, false);
                kernel.compute(MS);
            });
            kernel.runUntil(3_100 * MS);
            int share = sleeper.percentCpu();
            assertTrue(share > 0 && !sleeper.dormant());
            kernel.runUntil(11_500 * MS);
            assertTrue(sleeper.dormant());
            assertEquals(10, sleeper.sleepSeconds());
            int expected = share;
            for (int i = 0; i < 8; i++) {
                expected = expected * 1948 >> 11;
            }
            assertEquals(expected, sleeper.percentCpu());
            kernel.sleep.wakeup(0x100);
            assertFalse(sleeper.dormant());
            assertEquals(expected, sleeper.percentCpu());
            kernel.run();
            assertEquals(List.of(), kernel.broken);
        }
    }

    @Test
    void tasksAreVisitedInTheOrderOfTheirAge() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            AwakeTasks awake = new AwakeTasks();
            List<ToyTask> tasks = List.of(kernel.make(() -> { }), kernel.make(() -> { }), kernel.make(() -> { }));
            // The dispatcher has them in a list of its own, which is not used any more.
            tasks.forEach(task -> {
                task.awakeNext = null;
                task.awakePrevious = null;
            });
            for (int i : new int[] {2, 0, 1}) {
                awake.add(tasks.get(i));
            }
            assertEquals(tasks, seen(awake));
            awake.remove(tasks.get(1));
            assertEquals(List.of(tasks.get(0), tasks.get(2)), seen(awake));
            awake.add(tasks.get(1));
            assertEquals(tasks, seen(awake));
        }
    }

    private static List<Task> seen(AwakeTasks awake) {
        List<Task> seen = new ArrayList<>();
        for (Task task = awake.first(); task != null; task = task.awakeNext) {
            seen.add(task);
        }
        return seen;
    }
}
