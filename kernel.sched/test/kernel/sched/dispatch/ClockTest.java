// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.m2.M2;
import kernel.sched.task.CpuState;
import kernel.sched.task.TaskState;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.api.Test;

class ClockTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1000 * MS;

    @Test
    void aHogSinksUnder4bsdWithin36SchedclockTicks() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            ToyTask hog = kernel.start(() -> kernel.compute(10 * SECOND));
            kernel.runUntil(900 * MS);
            assertEquals(15 * 1024, hog.estcpu());
            assertEquals(36, hog.priority());
        }
    }

    @Test
    void idleCpusTakeNoTicks() {
        try (ToyKernel kernel = new ToyKernel(2, 1)) {
            kernel.start(() -> kernel.compute(95 * MS));
            kernel.runUntil(SECOND);
            assertFalse(kernel.dispatcher.unit(0).hardclock.armed());
            assertFalse(kernel.dispatcher.unit(1).hardclock.armed());
            long idle = kernel.dispatcher.idleNanos(0) + kernel.dispatcher.idleNanos(1);
            long busy = 2 * SECOND - idle;
            assertTrue(busy >= 95 * MS && busy < 96 * MS, busy + " ns");
            kernel.start(() -> kernel.compute(5 * MS));
            kernel.runUntil(SECOND + 2 * MS);
            assertTrue(kernel.dispatcher.unit(0).hardclock.armed() || kernel.dispatcher.unit(1).hardclock.armed());
            assertEquals(100, kernel.dispatcher.tick());
        }
    }

    @Test
    void calloutsFireOnTheTickGridInOrder() {
        List<String> fired = new ArrayList<>();
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            Callout[] callouts = new Callout[3];
            for (int i = 0; i < 3; i++) {
                int me = i;
                callouts[i] = new Callout(kernel.dispatcher) {
                    @Override
                    protected void fire() {
                        fired.add(me + "@" + kernel.dispatcher.tick());
                    }
                };
            }
            kernel.start(() -> {
                kernel.compute(15 * MS);
                callouts[0].schedule(3);
                callouts[1].schedule(0);
                callouts[2].schedule(2);
                assertTrue(callouts[2].pending());
                assertFalse(callouts[2].halt());
                kernel.sleep.kpause("wait", 10, false);
                assertTrue(callouts[0].halt());
            });
            assertEquals(RunOutcome.Reason.QUIESCENT, kernel.run().reason());
            assertEquals(List.of("1@2", "0@4"), fired);
        }
    }

    @Test
    void statisticsRunOncePerSecondAndTheLoadEveryFive() {
        int[] seconds = new int[1];
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            kernel.dispatcher.everySecond(() -> seconds[0]++);
            kernel.start(() -> kernel.compute(60 * SECOND));
            ToyTask sleeper = kernel.start(() -> kernel.sleep.tsleep(0x100, "long", 0, true));
            kernel.runUntil(10 * SECOND);
            assertEquals(10, seconds[0]);
            assertEquals(314, kernel.dispatcher.loadAverage().scaled(0));
            assertTrue(sleeper.sleepSeconds() >= 9);
            assertTrue(kernel.tasks.get(0).percentCpu() > 700);
        }
    }

    @Test
    void ticksSleptAndRunAreSummedForTheStatistics() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            ToyTask task = kernel.start(() -> {
                kernel.compute(105 * MS);
                kernel.sleep.kpause("nap", 30, false);
                kernel.compute(SECOND);
            });
            kernel.runUntil(500 * MS);
            assertEquals(10, task.runTickSum());
            assertEquals(30, task.sleepTickSum());
            kernel.runUntil(SECOND);
            assertEquals(0, task.sleepTickSum());
        }
    }

    @Test
    void aCpuThatFoundNothingCountsAsIdleAgain() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            kernel.dispatcher.cpu(0).clearFlag(CpuState.IDLE);
            kernel.dispatcher.resched().pokeAll();
            kernel.run();
            assertTrue(kernel.dispatcher.cpu(0).has(CpuState.IDLE));
        }
    }

    @Test
    void anInteractiveTaskRisesUnderM2() {
        try (ToyKernel kernel = new ToyKernel(1, 1, M2::new, "m2")) {
            ToyTask hog = kernel.start(() -> kernel.compute(10 * SECOND));
            ToyTask interactive = kernel.start(() -> {
                while (true) {
                    kernel.compute(MS);
                    kernel.sleep.kpause("key", 3, false);
                }
            });
            kernel.runUntil(2 * SECOND);
            assertEquals(63, interactive.priority());
            assertTrue(hog.priority() < 43, "hog at " + hog.priority());
            assertTrue(interactive.accounting().wakeupLatency().p99() < MS);
        }
    }

    @Test
    void accountingAddsUp() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            ToyTask first = kernel.start(() -> kernel.compute(300 * MS));
            ToyTask second = kernel.start(() -> {
                kernel.compute(100 * MS);
                kernel.sleep.kpause("nap", 1, false);
                kernel.compute(100 * MS);
            });
            kernel.run();
            long run = first.accounting().runNanos() + second.accounting().runNanos();
            long idle = kernel.dispatcher.idleNanos(0);
            long all = kernel.engine.cpu(0).clockNanos();
            assertTrue(run >= 500 * MS && run < 502 * MS, "ran " + run);
            assertTrue(all - run - idle < MS, "lost " + (all - run - idle));
            assertTrue(second.accounting().waitNanos() > 0);
            assertEquals(1, second.accounting().wakeupLatency().count());
        }
    }

    @Test
    void waitingWorkIsFoundByAnIdleCpu() {
        try (ToyKernel kernel = new ToyKernel(2, 1).checked()) {
            ToyTask[] pair = new ToyTask[2];
            for (int i = 0; i < 2; i++) {
                pair[i] = kernel.make(() -> kernel.compute(SECOND));
                pair[i].setBound(true);
                pair[i].setCpu(kernel.dispatcher.cpu(0));
                kernel.dispatcher.setRunnable(pair[i]);
            }
            kernel.runUntil(5 * MS);
            assertTrue(kernel.dispatcher.cpu(1).idle());
            ToyTask waiting = pair[0].state() == TaskState.LSRUN ? pair[0] : pair[1];
            kernel.dispatcher.forEachQueued(kernel.dispatcher.cpu(0), task -> assertEquals(waiting, task));
            kernel.dispatcher.unbind(waiting);
            kernel.runUntil(30 * MS);
            assertEquals(TaskState.LSONPROC, waiting.state());
            assertEquals(1, waiting.cpu().id());
            assertEquals(1, waiting.accounting().migrations());
            assertEquals(List.of(), kernel.broken);
        }
    }
}
