// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.task.CpuState;
import kernel.sched.task.TaskState;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** sched_lwp_stats and what it lives on: seconds asleep, ticks run and slept, the batch mark; the period of the load. */
class StatisticsTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1000 * MS;

    /** Two hogs give way to each other, so their ticks are counted; the second such second in a row makes them batch. */
    @Test
    void aHogIsBatchFromTheSecondSecondOn() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            ToyTask hog = kernel.start(() -> kernel.compute(100 * SECOND));
            ToyTask sometimes = kernel.start(() -> {
                kernel.compute(5 * SECOND / 4);
                for (int i = 0; i < 20; i++) {
                    kernel.sleep.kpause("nap", 40, false);
                    kernel.compute(10 * MS);
                }
                kernel.compute(100 * SECOND);
            });
            kernel.runUntil(SECOND + MS);
            assertTrue(hog.batchArmed() && sometimes.batchArmed());
            assertFalse(hog.batch() || sometimes.batch());
            kernel.runUntil(2 * SECOND + MS);
            assertTrue(hog.batch() && sometimes.batch());
            kernel.runUntil(6 * SECOND + MS);
            assertFalse(sometimes.batch() || sometimes.batchArmed(), "it sleeps more than it runs");
        }
    }

    @Test
    void ticksOfWhoeverGivesWayAreCounted() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            for (int i = 0; i < 2; i++) {
                kernel.start(() -> kernel.compute(100 * SECOND));
            }
            kernel.runUntil(950 * MS);
            int sum = kernel.tasks.get(0).runTickSum() + kernel.tasks.get(1).runTickSum();
            assertTrue(sum >= 70 && sum <= 95, sum + " ticks");
        }
    }

    /** Who goes on at once has begun anew: its ticks are counted from there (l_rticks). */
    @Test
    void yieldingToNobodyBeginsAnew() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            ToyTask task = kernel.start(() -> {
                kernel.compute(55 * MS);
                kernel.dispatcher.yield();
                kernel.compute(100 * MS);
            });
            kernel.runUntil(100 * MS);
            assertEquals(5, task.lastRunTick());
            assertEquals(5, task.runTickSum());
        }
    }

    /** The quantum of a task begins without what its predecessor, or it itself before a switch, has been told. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aSwitchClearsWhatTheQuantumHasSeen(int hogs) {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            for (int i = 0; i < hogs; i++) {
                kernel.start(() -> kernel.compute(100 * SECOND));
            }
            CpuState cpu = kernel.dispatcher.cpu(0);
            kernel.runUntil(105 * MS);
            assertTrue(cpu.has(CpuState.SEENRR));
            kernel.runUntil(205 * MS);
            assertFalse(cpu.has(CpuState.SEENRR) || cpu.has(CpuState.SHOULDYIELD));
            assertEquals(0, cpu.reschedBits());
        }
    }

    @ParameterizedTest
    @EnumSource(value = TaskState.class, names = {"LSSLEEP", "LSSTOP", "LSSUSPENDED"})
    void secondsOffTheCpuAreCountedAndEndWithTheWakeUp(TaskState how) {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            ToyTask[] task = new ToyTask[1];
            task[0] = kernel.start(() -> {
                if (how == TaskState.LSSLEEP) {
                    kernel.sleep.tsleep(0x100, "long", 0, false);
                } else {
                    task[0].become(how);
                    kernel.dispatcher.miSwitch();
                }
                kernel.compute(10 * SECOND);
            });
            kernel.runUntil(2 * SECOND + MS);
            assertEquals(2, task[0].sleepSeconds());
            kernel.dispatcher.setRunnable(task[0]);
            assertEquals(0, task[0].sleepSeconds());
        }
    }

    @Test
    void theLoadIsTakenEveryFiveSeconds() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            kernel.start(() -> kernel.compute(60 * SECOND));
            kernel.runUntil(5 * SECOND - MS);
            assertEquals(0, kernel.dispatcher.loadAverage().scaled(0));
            kernel.runUntil(5 * SECOND + MS);
            assertEquals(164, kernel.dispatcher.loadAverage().scaled(0));
        }
    }
}
