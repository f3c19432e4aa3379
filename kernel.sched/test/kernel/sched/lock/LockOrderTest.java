// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.sched.toy.ToyKernel;
import org.junit.jupiter.api.Test;

/** The order of locks: what is a reversal, what is none, and what is said about it. */
class LockOrderTest {
    private static List<String> violations(ToyKernel kernel, Runnable... tasks) {
        kernel.sleep.watchLocks(true);
        for (Runnable task : tasks) {
            kernel.start(task);
            kernel.run();
        }
        return kernel.sleep.lockOrder().violations();
    }

    private static void both(Mutex first, Mutex second) {
        first.enter();
        second.enter();
        second.exit();
        first.exit();
    }

    /** One after the other, so nobody ever waits: the order is what counts. */
    @Test
    void aReversalIsToldWithBothPlaces() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            Mutex a = new Mutex(kernel.sleep, "a");
            Mutex b = new Mutex(kernel.sleep, "b");
            List<String> told = violations(kernel, () -> both(a, b), () -> both(b, a), () -> both(b, a));
            assertEquals(1, told.size());
            assertTrue(told.getFirst().matches("lock order: a taken at LockOrderTest.both:\\d+ while b was held since "
                    + "LockOrderTest.both:\\d+, but b taken at LockOrderTest.both:\\d+ while a was held since "
                    + "LockOrderTest.both:\\d+"), told::toString);
        }
    }

    @Test
    void aCircleOfThreeIsToldWithAllPlaces() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            Mutex a = new Mutex(kernel.sleep, "a");
            Mutex b = new Mutex(kernel.sleep, "b");
            Mutex c = new Mutex(kernel.sleep, "c");
            List<String> told = violations(kernel, () -> both(a, b), () -> both(b, c), () -> both(c, a));
            assertEquals(1, told.size());
            assertEquals(2, told.getFirst().split(", but ").length - 1);
        }
    }

    @Test
    void readersTakePartAndAConditionTakesItsInterlockAgain() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            Mutex a = new Mutex(kernel.sleep, "a");
            RwLock b = new RwLock(kernel.sleep, "b");
            CondVar c = new CondVar(kernel.sleep, "c");
            List<String> told = violations(kernel, () -> {
                b.enterRead();
                a.enter();
                a.exit();
                b.exit();
            }, () -> {
                a.enter();
                b.enterWrite();
                b.exit();
                a.exit();
            });
            assertEquals(1, told.size());
            told = violations(kernel, () -> {
                a.enter();
                b.enterRead();
                c.timedAwait(a, 1);
                b.exit();
                a.exit();
            });
            assertEquals(1, told.size());
        }
    }

    @Test
    void theseAreNoReversals() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            Mutex a = new Mutex(kernel.sleep, "a");
            Mutex other = new Mutex(kernel.sleep, "a");
            Mutex b = new Mutex(kernel.sleep, "b");
            assertEquals(List.of(), violations(kernel, () -> both(a, b), () -> both(other, b), () -> both(a, other),
                    () -> both(other, a), () -> {
                        b.enter();
                        assertTrue(a.tryEnter());
                        a.exit();
                        b.exit();
                        a.enter();
                        a.exit();
                    }, () -> {
                        a.enter();
                        b.enter();
                        a.exit();
                        b.exit();
                        b.enter();
                        b.exit();
                    }));
        }
    }

    /** Where the tasks do wait for each other, the report names what they wait for. */
    @Test
    void aDeadlockIsToldThoughNobodyGoesOn() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            Mutex a = new Mutex(kernel.sleep, "a");
            Mutex b = new Mutex(kernel.sleep, "b");
            kernel.sleep.watchLocks(true);
            for (Mutex[] pair : new Mutex[][] {{a, b}, {b, a}}) {
                kernel.start(() -> {
                    pair[0].enter();
                    kernel.sleep.kpause("hold", 2, false);
                    pair[1].enter();
                });
            }
            kernel.run();
            assertEquals(1, kernel.sleep.lockOrder().violations().size());
        }
    }

    @Test
    void itIsOffAtFirst() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            assertNull(kernel.sleep.lockOrder());
        }
    }
}
