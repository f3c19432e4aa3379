// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import kernel.sched.errno.Errno;
import kernel.sched.task.Generation;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CondVarTest {
    /** A bounded buffer hangs or overflows as soon as one wake-up is lost. */
    @ParameterizedTest
    @CsvSource({"1,1,V2009", "2,2,V2009", "4,3,V2009", "1,4,V2020", "2,5,V2020", "4,6,V2020", "8,7,V2020"})
    void noWakeUpIsLost(int cpus, long seed, Generation generation) {
        try (ToyKernel kernel = new ToyKernel(cpus, seed).checked()) {
            kernel.dispatcher.setGeneration(generation);
            Mutex mutex = new Mutex(kernel.sleep, "buffer");
            CondVar notEmpty = new CondVar(kernel.sleep, "empty");
            CondVar notFull = new CondVar(kernel.sleep, "full");
            Deque<Integer> buffer = new ArrayDeque<>();
            int[] sums = new int[2];
            for (int i = 0; i < 4; i++) {
                int me = i;
                kernel.start(() -> {
                    for (int round = 0; round < 25; round++) {
                        kernel.compute(1 + 700L * me);
                        mutex.enter();
                        while (buffer.size() == 2) {
                            notFull.await(mutex);
                        }
                        buffer.add(round + me);
                        sums[0] += round + me;
                        notEmpty.signal();
                        mutex.exit();
                    }
                });
                kernel.start(() -> {
                    for (int round = 0; round < 25; round++) {
                        mutex.enter();
                        while (buffer.isEmpty()) {
                            notEmpty.await(mutex);
                        }
                        sums[1] += buffer.poll();
                        assertTrue(buffer.size() <= 2);
                        notFull.signal();
                        mutex.exit();
                        kernel.compute(1 + 900L * me);
                    }
                });
            }
            RunOutcome outcome = kernel.run();
            assertEquals(RunOutcome.Reason.QUIESCENT, outcome.reason(), outcome.message());
            assertEquals(sums[0], sums[1]);
            assertTrue(kernel.tasks.stream().allMatch(task -> task.state().number() == 5), "somebody still sleeps");
            assertEquals(List.of(), kernel.broken);
        }
    }

    /** Waiters in priority order: s sleeps interruptibly, u does not. */
    @ParameterizedTest
    @CsvSource({"V2020,sss,3", "V2020,uss,1", "V2020,sus,2", "V2020,ssu,3", "V2009,sss,1", "V2009,uss,1"})
    void signalPassesInterruptibleWaiters(Generation generation, String waiters, int woken) {
        List<String> awake = new ArrayList<>();
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            kernel.dispatcher.setGeneration(generation);
            Mutex mutex = new Mutex(kernel.sleep, "m");
            CondVar condition = new CondVar(kernel.sleep, "c");
            for (int i = 0; i < waiters.length(); i++) {
                boolean interruptible = waiters.charAt(i) == 's';
                kernel.start(() -> {
                    mutex.enter();
                    if (interruptible) {
                        condition.awaitSig(mutex);
                    } else {
                        condition.await(mutex);
                    }
                    awake.add("x");
                    mutex.exit();
                });
            }
            kernel.run();
            condition.signal();
            kernel.run();
            assertEquals(woken, awake.size());
        }
    }

    @Test
    void timeoutAndSignalEndAWaitWithTheInterlockHeld() {
        List<String> results = new ArrayList<>();
        try (ToyKernel kernel = new ToyKernel(1, 1).checked()) {
            Mutex mutex = new Mutex(kernel.sleep, "m");
            CondVar condition = new CondVar(kernel.sleep, "c");
            kernel.start(() -> {
                mutex.enter();
                results.add(Errno.name(condition.timedAwait(mutex, 3)));
                assertTrue(mutex.owned());
                mutex.exit();
            });
            ToyTask interrupted = kernel.start(() -> {
                mutex.enter();
                results.add(Errno.name(condition.timedAwaitSig(mutex, 9)));
                assertTrue(mutex.owned());
                mutex.exit();
            });
            kernel.start(() -> {
                kernel.sleep.kpause("later", 5, false);
                interrupted.after = Errno.ERESTART;
                kernel.dispatcher.setRunnable(interrupted);
            });
            kernel.run();
            assertEquals(List.of("EAGAIN", "ERESTART"), results);
            assertTrue(!condition.hasWaiters());
            assertEquals(List.of(), kernel.broken);
        }
    }

    /** In 2009 a waiter that was signalled and timed out at the same moment hands the wake-up on. */
    @ParameterizedTest
    @CsvSource({"V2009,2", "V2020,1"})
    void aFailedWaitPassesItsWakeUpOn(Generation generation, int awakeAfterwards) {
        int[] awake = new int[1];
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            kernel.dispatcher.setGeneration(generation);
            kernel.sleep.setTimeoutBeatsWake(generation == Generation.V2009);
            Mutex mutex = new Mutex(kernel.sleep, "m");
            CondVar condition = new CondVar(kernel.sleep, "c");
            for (int ticks : new int[] {3, 0}) {
                kernel.start(() -> {
                    mutex.enter();
                    condition.timedAwait(mutex, ticks);
                    awake[0]++;
                    mutex.exit();
                });
            }
            kernel.start(() -> {
                kernel.sleep.kpause("later", 2, false);
                condition.signal();
                long end = kernel.dispatcher.nanosOfTick(4);
                while (kernel.engine.nowNanos() < end) {
                    kernel.engine.current().clearAst();
                    kernel.engine.current().computeUser(end - kernel.engine.nowNanos());
                }
            });
            kernel.run();
            assertEquals(awakeAfterwards, awake[0]);
        }
    }

    @Test
    void broadcastWakesAllBestFirst() {
        List<Integer> order = new ArrayList<>();
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            Mutex mutex = new Mutex(kernel.sleep, "m");
            CondVar condition = new CondVar(kernel.sleep, "c");
            for (int priority : new int[] {10, 50, 30}) {
                ToyTask task = kernel.make(() -> {
                    mutex.enter();
                    condition.await(mutex);
                    order.add(priority);
                    mutex.exit();
                });
                task.setPriority(priority);
                kernel.dispatcher.setRunnable(task);
            }
            kernel.run();
            condition.broadcast();
            kernel.run();
            assertEquals(List.of(50, 30, 10), order);
        }
    }
}
