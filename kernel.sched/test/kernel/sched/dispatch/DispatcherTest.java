// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.task.TaskState;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DispatcherTest {
    private static final long MS = 1_000_000;

    @ParameterizedTest
    @CsvSource({"1,4bsd", "2,4bsd", "4,4bsd", "7,4bsd", "1,m2", "2,m2", "4,m2", "7,m2"})
    void everyTaskRunsToItsEnd(int cpus, String variant) {
        try (ToyKernel kernel = new ToyKernel(cpus, 7, ToyKernel.variant(variant), variant).checked()) {
            for (int i = 0; i < 12; i++) {
                long work = (i + 1) * 10 * MS;
                kernel.start(() -> kernel.compute(work));
            }
            RunOutcome outcome = kernel.run();
            assertEquals(RunOutcome.Reason.QUIESCENT, outcome.reason(), outcome.message());
            assertEquals(List.of(), kernel.broken);
            for (ToyTask task : kernel.tasks) {
                assertEquals(TaskState.LSZOMB, task.state());
                assertTrue(task.accounting().runNanos() >= (task.lid()) * 10 * MS, task + " ran too little");
            }
        }
    }

    @Test
    void hogsOfEqualPriorityShareOneCpu() {
        try (ToyKernel kernel = new ToyKernel(1, 3)) {
            ToyTask a = kernel.start(() -> kernel.compute(5_000 * MS));
            ToyTask b = kernel.start(() -> kernel.compute(5_000 * MS));
            kernel.runUntil(2_000 * MS);
            long difference = Math.abs(a.accounting().runNanos() - b.accounting().runNanos());
            assertTrue(difference <= 400 * MS, "unfair by " + difference);
            assertTrue(a.accounting().involuntarySwitches() > 2);
            assertEquals(0, a.accounting().voluntarySwitches());
        }
    }

    /** A lone hog is asked to give way at each second quantum, and that counts although it goes on (l_nivcsw). */
    @Test
    void givingWayToNobodyCounts() {
        try (ToyKernel kernel = new ToyKernel(1, 3)) {
            ToyTask hog = kernel.start(() -> kernel.compute(2_000 * MS));
            kernel.runUntil(1_050 * MS);
            assertEquals(5, hog.accounting().involuntarySwitches());
            assertEquals(0, hog.accounting().voluntarySwitches());
            assertEquals(1, kernel.dispatcher.switches(0));
        }
    }

    /** Who yields goes to the tail of its own priority: worse ones wait until it ends. */
    @Test
    void aLoopOfYieldsLetsNobodyWorseIn() {
        try (ToyKernel kernel = new ToyKernel(1, 3)) {
            ToyTask worse = kernel.make(() -> kernel.compute(MS));
            kernel.dispatcher.changePriority(worse, 20);
            ToyTask equal = kernel.make(() -> kernel.compute(MS));
            ToyTask spinner = kernel.start(() -> {
                for (int i = 0; i < 50; i++) {
                    kernel.compute(MS / 2);
                    kernel.dispatcher.yield();
                }
            });
            kernel.dispatcher.setRunnable(worse);
            kernel.dispatcher.setRunnable(equal);
            kernel.runUntil(20 * MS);
            assertEquals(TaskState.LSONPROC, spinner.state());
            assertEquals(TaskState.LSZOMB, equal.state());
            assertEquals(0, worse.accounting().runNanos());
            kernel.run();
            assertEquals(TaskState.LSZOMB, worse.state());
        }
    }

    @Test
    void aLoopOfYieldsLetsTimeGoOn() {
        try (ToyKernel kernel = new ToyKernel(1, 3)) {
            kernel.start(() -> {
                while (true) {
                    kernel.dispatcher.yield();
                }
            });
            assertEquals(RunOutcome.Reason.LIMIT, kernel.runUntil(1 * MS).reason());
        }
    }

    @Test
    void yieldGoesBehindEquals() {
        List<String> order = new ArrayList<>();
        try (ToyKernel kernel = new ToyKernel(1, 3)) {
            for (String name : List.of("a", "b", "c")) {
                kernel.start(() -> {
                    for (int i = 0; i < 2; i++) {
                        order.add(name + i);
                        kernel.dispatcher.yield();
                    }
                });
            }
            kernel.run();
        }
        assertEquals(List.of("a0", "b0", "c0", "a1", "b1", "c1"), order);
    }
}
