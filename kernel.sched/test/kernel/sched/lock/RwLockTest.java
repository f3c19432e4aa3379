// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kernel.sched.task.Priority;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RwLockTest {
    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,3", "4,4", "8,5", "8,6"})
    void writersExcludeEverybodyUnderRandomInterleavings(int cpus, long seed) {
        try (ToyKernel kernel = new ToyKernel(cpus, seed)) {
            RwLock lock = new RwLock(kernel.sleep, "rw");
            int[] readers = new int[1];
            int[] writers = new int[1];
            int[] most = new int[1];
            int[] done = new int[1];
            for (int i = 0; i < 8; i++) {
                Random random = new Random(seed * 31 + i);
                kernel.start(() -> {
                    for (int round = 0; round < 40; round++) {
                        kernel.compute(random.nextInt(4_000) + 1);
                        step(kernel, lock, random, readers, writers);
                        most[0] = Math.max(most[0], readers[0]);
                        done[0]++;
                    }
                });
            }
            RunOutcome outcome = kernel.run();
            assertEquals(RunOutcome.Reason.QUIESCENT, outcome.reason(), outcome.message());
            assertEquals(8 * 40, done[0]);
            assertFalse(lock.held());
            for (ToyTask task : kernel.tasks) {
                assertEquals(Priority.NONE, task.inheritedPriority(), task + " keeps a loan");
            }
        }
    }

    private static void step(ToyKernel kernel, RwLock lock, Random random, int[] readers, int[] writers) {
        boolean write = random.nextInt(3) == 0;
        if (write) {
            lock.enterWrite();
            assertEquals(0, readers[0] + writers[0]++);
        } else {
            lock.enterRead();
            assertEquals(0, writers[0]);
            readers[0]++;
        }
        kernel.compute(random.nextInt(10_000) + 1);
        if (random.nextInt(10) == 0) {
            kernel.sleep.kpause("hold", 1, false);
        }
        if (write && random.nextInt(3) == 0) {
            writers[0]--;
            readers[0]++;
            lock.downgrade();
            write = false;
            kernel.compute(500);
        } else if (!write && random.nextInt(3) == 0 && lock.tryUpgrade()) {
            assertEquals(1, readers[0]);
            readers[0]--;
            assertEquals(0, writers[0]++);
            write = true;
            kernel.compute(500);
        }
        if (write) {
            assertEquals(1, writers[0]--);
        } else {
            assertEquals(0, writers[0]);
            readers[0]--;
        }
        lock.exit();
    }

    @Test
    void aWaitingWriterKeepsNewReadersOutAndHandOffAlternates() {
        List<String> order = new ArrayList<>();
        try (ToyKernel kernel = new ToyKernel(1, 1).checked()) {
            RwLock lock = new RwLock(kernel.sleep, "rw");
            kernel.start(() -> {
                lock.enterRead();
                kernel.sleep.kpause("read", 3, false);
                order.add("r0");
                lock.exit();
            });
            kernel.start(() -> writer(kernel, lock, order, "w1"));
            kernel.start(() -> writer(kernel, lock, order, "w2"));
            kernel.start(() -> reader(lock, order, "r1"));
            kernel.start(() -> reader(lock, order, "r2"));
            kernel.start(() -> assertFalse(lock.tryEnterRead()));
            assertEquals(RunOutcome.Reason.QUIESCENT, kernel.run().reason());
            assertEquals(List.of("r0", "w1", "r1", "r2", "w2"), order);
            assertEquals(List.of(), kernel.broken);
        }
    }

    private static void writer(ToyKernel kernel, RwLock lock, List<String> order, String name) {
        lock.enterWrite();
        assertTrue(lock.writeOwned());
        kernel.sleep.kpause("write", 1, false);
        order.add(name);
        lock.exit();
    }

    private static void reader(RwLock lock, List<String> order, String name) {
        lock.enterRead();
        order.add(name);
        lock.exit();
    }

    @Test
    void upgradeNeedsToBeAlone() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            RwLock lock = new RwLock(kernel.sleep, "rw");
            kernel.start(() -> {
                lock.enterRead();
                lock.enterRead();
                assertFalse(lock.tryUpgrade());
                assertEquals(2, lock.readers());
                lock.exit();
                assertTrue(lock.tryUpgrade());
                assertFalse(lock.tryEnterWrite());
                lock.downgrade();
                assertEquals(1, lock.readers());
                lock.exit();
            });
            assertEquals(RunOutcome.Reason.QUIESCENT, kernel.run().reason());
        }
    }
}
