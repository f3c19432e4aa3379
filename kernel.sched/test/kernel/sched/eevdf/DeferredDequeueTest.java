// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.eevdf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.policy.TaskRecord;
import kernel.sched.task.Task;
import kernel.sched.toy.FakeHost;
import kernel.sched.toy.StubTask;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who falls asleep in debt stays in the average until the debt is gone. */
class DeferredDequeueTest {
    private static final long MS = 1_000_000;
    private final FakeHost host = new FakeHost(2);
    private final Eevdf scheduler = new Eevdf();
    private final StubTask hog = task(1);
    private final StubTask other = task(2);

    @BeforeEach
    void bothWantTheCpu() {
        scheduler.attach(host);
        scheduler.enqueue(hog, false);
        scheduler.enqueue(other, false);
        assertSame(hog, scheduler.pickNext(host.cpu(0)));
    }

    @AfterEach
    void close() {
        host.close();
    }

    private StubTask task(int serial) {
        StubTask task = new StubTask("t" + serial, 43);
        task.setSerial(serial);
        task.setCpu(host.cpu(0));
        return task;
    }

    private List<Task> queued() {
        List<Task> seen = new ArrayList<>();
        scheduler.forEachQueued(host.cpu(0), seen::add);
        return seen;
    }

    private void hogRunsAndSleeps() {
        host.tick++;
        scheduler.slept(hog);
    }

    @Test
    void aSleeperInDebtCountsInTheAverageAndIsNotQueued() {
        hogRunsAndSleeps();
        assertEquals(2 * Weights.NEUTRAL, scheduler.load(host.cpu(0)));
        assertEquals(1, scheduler.runnable(host.cpu(0)));
        assertEquals(List.of(other), queued());
        assertEquals(43, scheduler.bestQueuedPriority(host.cpu(0)));
        assertSame(other, scheduler.pickNext(host.cpu(0)));
        assertEquals(0, scheduler.bestQueuedPriority(host.cpu(0)));
    }

    @Test
    void itLeavesWhenItWouldBePicked() {
        hogRunsAndSleeps();
        assertSame(other, scheduler.pickNext(host.cpu(0)));
        host.tick += 3;
        scheduler.enqueue(other, true);
        assertSame(other, scheduler.pickNext(host.cpu(0)));
        assertEquals(Weights.NEUTRAL, scheduler.load(host.cpu(0)));
    }

    @Test
    void withNobodyElseItLeavesAtOnce() {
        scheduler.dequeue(other);
        host.tick++;
        scheduler.slept(hog);
        assertNull(scheduler.pickNext(host.cpu(0)));
        assertEquals(0, scheduler.load(host.cpu(0)));
    }

    @Test
    void whoWakesInDebtWaitsUntilItIsPaid() {
        hogRunsAndSleeps();
        scheduler.enqueue(hog, false);
        assertEquals(List.of(other, hog), queued());
        assertSame(other, scheduler.pickNext(host.cpu(0)));
    }

    /** Whoever has paid starts at the average, however long it slept; so it is not picked before an older one at it. */
    @Test
    void aPaidDebtIsNoCredit() {
        hogRunsAndSleeps();
        assertSame(other, scheduler.pickNext(host.cpu(0)));
        host.tick += 9;
        StubTask older = task(0);
        scheduler.enqueue(older, false);
        scheduler.enqueue(hog, false);
        scheduler.enqueue(other, true);
        Entity woken = (Entity) hog.schedulerData();
        assertTrue(woken.queue.eligible(woken), "it has paid");
        assertEquals(0, woken.lag);
    }

    @Test
    void itMayWakeOnAnotherCpu() {
        hogRunsAndSleeps();
        hog.setCpu(host.cpu(1));
        scheduler.enqueue(hog, false);
        assertEquals(Weights.NEUTRAL, scheduler.load(host.cpu(0)));
        assertSame(hog, scheduler.pickNext(host.cpu(1)));
        assertSame(other, scheduler.pickNext(host.cpu(0)));
    }

    @Test
    void itMayExitOrCrossASwap() {
        hogRunsAndSleeps();
        scheduler.exportTask(hog, new TaskRecord());
        assertEquals(Weights.NEUTRAL, scheduler.load(host.cpu(0)));
        assertSame(other, scheduler.pickNext(host.cpu(0)));
        host.tick++;
        scheduler.enqueue(hog, false);
        scheduler.slept(other);
        scheduler.exited(other);
        assertEquals(List.of(hog), queued());
        assertEquals(Weights.NEUTRAL, scheduler.load(host.cpu(0)));
    }

    /** Without the debt a task that naps just before each tick would get much more than its half. */
    @Test
    void shortNapsDoNotPay() {
        try (ToyKernel kernel = new ToyKernel(1, 3, Eevdf::new, "eevdf").checked()) {
            ToyTask honest = kernel.start(() -> kernel.compute(100_000 * MS));
            ToyTask napper = kernel.start(() -> {
                while (true) {
                    kernel.compute(29 * MS);
                    kernel.sleep.kpause("nap", 1, false);
                }
            });
            kernel.runUntil(10_000 * MS);
            long share = 100 * napper.accounting().runNanos()
                    / (napper.accounting().runNanos() + honest.accounting().runNanos());
            assertTrue(share <= 50, "the napper got " + share + " %");
            assertEquals(List.of(), kernel.broken);
        }
    }
}
