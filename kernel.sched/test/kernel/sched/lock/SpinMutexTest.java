// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.toy.ToyKernel;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.api.Test;

class SpinMutexTest {
    @Test
    void contentionCostsVirtualTime() {
        long[] acquired = new long[1];
        long[] released = new long[1];
        try (ToyKernel kernel = new ToyKernel(2, 1)) {
            SpinMutex mutex = new SpinMutex(kernel.dispatcher, "s");
            kernel.start(() -> {
                mutex.enter();
                kernel.engine.current().charge(50_000);
                released[0] = kernel.engine.nowNanos();
                mutex.exit();
            });
            kernel.start(() -> {
                kernel.engine.current().chargeUser(10_000);
                mutex.enter();
                acquired[0] = kernel.engine.nowNanos();
                mutex.exit();
            });
            assertEquals(RunOutcome.Reason.QUIESCENT, kernel.run().reason());
            assertTrue(acquired[0] >= released[0]);
            assertEquals(2, mutex.acquisitions());
            assertEquals(1, mutex.contentions());
            assertTrue(mutex.spinNanos() > 30_000);
        }
    }

    @Test
    void takingItTwiceOrReleasingItFreePanics() {
        for (boolean twice : new boolean[] {true, false}) {
            try (ToyKernel kernel = new ToyKernel(1, 1)) {
                SpinMutex mutex = new SpinMutex(kernel.dispatcher, "s");
                kernel.start(() -> {
                    if (twice) {
                        mutex.enter();
                        mutex.enter();
                    }
                    mutex.exit();
                });
                RunOutcome outcome = kernel.run();
                assertEquals(RunOutcome.Reason.PANICKED, outcome.reason());
                assertTrue(outcome.message().contains(twice ? "spin mutex s is held already" : "without being held"),
                        outcome.message());
            }
        }
    }

    @Test
    void blockingWhileHoldingOnePanics() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            SpinMutex mutex = new SpinMutex(kernel.dispatcher, "s");
            kernel.start(() -> {
                mutex.enter();
                kernel.dispatcher.yield();
                kernel.sleep.kpause("no", 1, false);
            });
            RunOutcome outcome = kernel.run();
            assertEquals(RunOutcome.Reason.PANICKED, outcome.reason());
            assertTrue(outcome.message().contains("spin mutex"), outcome.message());
        }
    }
}
