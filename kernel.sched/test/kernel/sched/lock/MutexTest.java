// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kernel.sched.task.Priority;
import kernel.sched.task.SchedClass;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MutexTest {
    private static final long MS = 1_000_000;

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "2,3", "3,4", "4,5", "4,6", "8,7", "8,8"})
    void excludesUnderRandomInterleavings(int cpus, long seed) {
        Random random = new Random(seed);
        try (ToyKernel kernel = new ToyKernel(cpus, seed)) {
            Mutex mutex = new Mutex(kernel.sleep, "m");
            int[] inside = new int[1];
            int[] total = new int[1];
            for (int i = 0; i < 8; i++) {
                long think = random.nextInt(3_000);
                long hold = random.nextInt(20_000);
                boolean sleeps = random.nextInt(4) == 0;
                kernel.start(() -> {
                    for (int round = 0; round < 40; round++) {
                        kernel.compute(think + 1);
                        mutex.enter();
                        assertEquals(1, ++inside[0]);
                        kernel.compute(hold + 1);
                        if (sleeps && round % 8 == 0) {
                            kernel.sleep.kpause("hold", 1, false);
                        }
                        assertTrue(mutex.owned());
                        inside[0]--;
                        total[0]++;
                        mutex.exit();
                    }
                });
            }
            RunOutcome outcome = kernel.run();
            assertEquals(RunOutcome.Reason.QUIESCENT, outcome.reason(), outcome.message());
            assertEquals(8 * 40, total[0]);
            assertEquals(8 * 40, mutex.statistics().acquisitions());
            for (ToyTask task : kernel.tasks) {
                assertEquals(Priority.NONE, task.inheritedPriority(), task + " keeps a loan");
            }
        }
    }

    @Test
    void waitersGetItInPriorityOrder() {
        List<Integer> order = new ArrayList<>();
        try (ToyKernel kernel = new ToyKernel(1, 1).checked()) {
            Mutex mutex = new Mutex(kernel.sleep, "m");
            kernel.start(() -> {
                mutex.enter();
                kernel.sleep.kpause("hold", 3, false);
                mutex.exit();
            });
            for (int priority : new int[] {10, 30, 20, 30, 40}) {
                ToyTask task = kernel.make(() -> {
                    mutex.enter();
                    order.add(priority);
                    mutex.exit();
                });
                task.setPriority(priority);
                kernel.dispatcher.setRunnable(task);
            }
            kernel.run();
            assertEquals(List.of(40, 30, 30, 20, 10), order);
            assertEquals(List.of(), kernel.broken);
        }
    }

    @Test
    void aWaiterSpinsWhileTheOwnerRunsAndSleepsWhenItDoesNot() {
        try (ToyKernel kernel = new ToyKernel(2, 1)) {
            Mutex running = new Mutex(kernel.sleep, "running");
            Mutex sleeping = new Mutex(kernel.sleep, "sleeping");
            kernel.start(() -> {
                running.enter();
                kernel.engine.current().chargeUser(30_000);
                running.exit();
                sleeping.enter();
                kernel.sleep.kpause("hold", 2, false);
                sleeping.exit();
            });
            kernel.start(() -> {
                kernel.compute(5_000);
                running.enter();
                running.exit();
                kernel.compute(1_000_000);
                sleeping.enter();
                sleeping.exit();
            });
            kernel.run();
            assertEquals(1, running.statistics().spins());
            assertEquals(0, running.statistics().blocks());
            assertTrue(running.statistics().spinNanos() > 10_000);
            assertEquals(1, sleeping.statistics().blocks());
            assertTrue(sleeping.statistics().blockedNanos() > 10 * MS);
        }
    }

    /** Low holds, middle hogs the CPU, high waits: without lending high would wait for middle. */
    @Test
    void anOwnerInheritsThroughAChain() {
        List<String> order = new ArrayList<>();
        int[] seen = new int[2];
        try (ToyKernel kernel = new ToyKernel(1, 1).checked()) {
            Mutex first = new Mutex(kernel.sleep, "first");
            Mutex second = new Mutex(kernel.sleep, "second");
            ToyTask low = fixed(kernel, 130, () -> {
                first.enter();
                kernel.sleep.kpause("hold", 1, false);
                kernel.compute(50 * MS);
                seen[0] = kernel.dispatcher.currentTask().effectivePriority();
                order.add("low");
                first.exit();
                seen[1] = kernel.dispatcher.currentTask().effectivePriority();
            });
            fixed(kernel, 131, () -> {
                kernel.sleep.kpause("later", 1, false);
                second.enter();
                first.enter();
                order.add("link");
                first.exit();
                second.exit();
            });
            fixed(kernel, 150, () -> {
                kernel.sleep.kpause("later", 2, false);
                kernel.compute(500 * MS);
                order.add("hog");
            });
            fixed(kernel, 160, () -> {
                kernel.sleep.kpause("later", 2, false);
                second.enter();
                order.add("high");
                second.exit();
            });
            kernel.run();
            assertEquals(List.of("low", "link", "high", "hog"), order);
            assertEquals(160, seen[0]);
            assertEquals(130, seen[1]);
            assertEquals(Priority.NONE, low.inheritedPriority());
            assertEquals(List.of(), kernel.broken);
        }
    }

    /**
     * The owner of two mutexes falls back to what the other one's waiter lends. The lesser waiter comes first: as in the
     * original, nothing is lent to an owner that has a better priority already.
     */
    @Test
    void aReleaseKeepsWhatOtherLocksLend() {
        List<Integer> seen = new ArrayList<>();
        try (ToyKernel kernel = new ToyKernel(1, 1).checked()) {
            Mutex first = new Mutex(kernel.sleep, "first");
            Mutex second = new Mutex(kernel.sleep, "second");
            fixed(kernel, 130, () -> {
                first.enter();
                second.enter();
                kernel.sleep.kpause("hold", 4, false);
                seen.add(kernel.dispatcher.currentTask().effectivePriority());
                second.exit();
                seen.add(kernel.dispatcher.currentTask().effectivePriority());
                first.exit();
                seen.add(kernel.dispatcher.currentTask().effectivePriority());
            });
            fixed(kernel, 140, () -> enterLater(kernel, 1, first));
            fixed(kernel, 150, () -> enterLater(kernel, 2, second));
            kernel.run();
            assertEquals(List.of(150, 140, 130), seen);
            assertEquals(List.of(), kernel.broken);
        }
    }

    /** A waiter that becomes more important while it sleeps lends what it has now. */
    @Test
    void aSleepingWaitersNewPriorityIsLent() {
        int[] seen = new int[1];
        try (ToyKernel kernel = new ToyKernel(1, 1).checked()) {
            Mutex mutex = new Mutex(kernel.sleep, "m");
            fixed(kernel, 130, () -> {
                mutex.enter();
                kernel.sleep.kpause("hold", 4, false);
                seen[0] = kernel.dispatcher.currentTask().effectivePriority();
                mutex.exit();
            });
            ToyTask waiter = fixed(kernel, 131, () -> enterLater(kernel, 1, mutex));
            fixed(kernel, 160, () -> {
                kernel.sleep.kpause("later", 2, false);
                kernel.dispatcher.changePriority(waiter, 155);
            });
            kernel.run();
            assertEquals(155, seen[0]);
            assertEquals(List.of(), kernel.broken);
        }
    }

    private static void enterLater(ToyKernel kernel, int ticks, Mutex mutex) {
        kernel.sleep.kpause("later", ticks, false);
        mutex.enter();
        mutex.exit();
    }

    private static ToyTask fixed(ToyKernel kernel, int priority, Runnable work) {
        ToyTask task = kernel.make(work);
        task.setSchedClass(SchedClass.FIFO);
        task.setPriority(priority);
        kernel.dispatcher.setRunnable(task);
        return task;
    }

    @ParameterizedTest
    @CsvSource({"twice,locks m against itself", "stranger,'which 1.1 holds'", "free,which is free",
        "spin,while holding a spin mutex"})
    void brokenRulesPanic(String what, String message) {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            Mutex mutex = new Mutex(kernel.sleep, "m");
            SpinMutex spin = new SpinMutex(kernel.dispatcher, "spin");
            kernel.start(() -> {
                if (!what.equals("free")) {
                    mutex.enter();
                }
                if (what.equals("twice")) {
                    mutex.enter();
                }
                kernel.sleep.kpause("hold", 2, false);
            });
            kernel.start(() -> {
                if (what.equals("spin")) {
                    spin.enter();
                    mutex.enter();
                }
                mutex.exit();
            });
            RunOutcome outcome = kernel.run();
            assertEquals(RunOutcome.Reason.PANICKED, outcome.reason());
            assertTrue(outcome.message().contains(message), outcome.message());
        }
    }

    @Test
    void tryEnterNeverWaits() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            Mutex mutex = new Mutex(kernel.sleep, "m");
            assertTrue(mutex.tryEnter());
            kernel.start(() -> assertFalse(mutex.tryEnter()));
            assertEquals(RunOutcome.Reason.QUIESCENT, kernel.run().reason());
            mutex.exit();
            assertNull(mutex.owner());
        }
    }
}
