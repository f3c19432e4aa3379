// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.eevdf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.policy.TaskRecord;
import kernel.sched.task.SchedClass;
import kernel.sched.toy.FakeHost;
import kernel.sched.toy.StubTask;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EevdfTest {
    private static final long MS = 1_000_000;
    private final FakeHost host = new FakeHost(2);
    private final Eevdf scheduler = new Eevdf();

    @BeforeEach
    void attach() {
        scheduler.attach(host);
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

    @ParameterizedTest
    @CsvSource({"1,700000", "2,1400000", "4,2100000", "8,2800000", "64,2800000"})
    void sliceGrowsWithTheLogarithmOfCpus(int cpus, long nanos) {
        assertEquals(nanos, FairClass.sliceNanos(cpus));
    }

    @ParameterizedTest
    @CsvSource({"0,88761", "20,1024", "25,335", "39,15", "40,15"})
    void weights(int nice, int weight) {
        assertEquals(weight, new Weights().of(nice));
    }

    @Test
    void theOlderTaskWinsATie() {
        StubTask late = task(2);
        StubTask early = task(1);
        scheduler.enqueue(late, false);
        scheduler.enqueue(early, false);
        assertSame(early, scheduler.pickNext(host.cpu(0)));
    }

    @Test
    void whoGotMoreThanItsShareIsNotEligible() {
        StubTask hog = task(1);
        StubTask other = task(2);
        scheduler.enqueue(hog, false);
        scheduler.enqueue(other, false);
        assertSame(hog, scheduler.pickNext(host.cpu(0)));
        host.tick++;
        scheduler.enqueue(hog, true);
        assertSame(other, scheduler.pickNext(host.cpu(0)));
    }

    @Test
    void realTimeGoesFirst() {
        StubTask fifo = task(9);
        fifo.setSchedClass(SchedClass.FIFO);
        fifo.setPriority(140);
        scheduler.enqueue(task(1), false);
        scheduler.enqueue(fifo, false);
        assertSame(fifo, scheduler.pickNext(host.cpu(0)));
        assertEquals(1, scheduler.runnable(host.cpu(0)));
    }

    @Test
    void whatIsNotQueuedCannotBeTakenOut() {
        assertThrows(IllegalStateException.class, () -> scheduler.dequeue(task(1)));
        assertNull(scheduler.pickNext(host.cpu(0)));
    }

    @Test
    void theEstimateIsTheRecentShareOfACpu() {
        StubTask half = task(1);
        half.setPercentCpu(1024);
        TaskRecord record = new TaskRecord();
        scheduler.exportTask(half, record);
        assertEquals(9 * 2048, record.estcpu);
    }

    @ParameterizedTest
    @CsvSource({"20,20,100", "15,20,305", "20,25,305", "10,20,931"})
    void hogsShareByWeight(int niceOfOne, int niceOfOther, int percent) {
        try (ToyKernel kernel = new ToyKernel(1, 3, Eevdf::new, "eevdf")) {
            ToyTask one = kernel.make(() -> kernel.compute(100_000 * MS));
            ToyTask other = kernel.make(() -> kernel.compute(100_000 * MS));
            kernel.dispatcher.nice(one, niceOfOne);
            kernel.dispatcher.nice(other, niceOfOther);
            kernel.dispatcher.setRunnable(one);
            kernel.dispatcher.setRunnable(other);
            kernel.runUntil(20_000 * MS);
            long ratio = 100 * one.accounting().runNanos() / other.accounting().runNanos();
            assertTrue(Math.abs(ratio - percent) <= percent / 20, "ratio " + ratio + " instead of " + percent);
        }
    }

    @Test
    void aSleeperWaitsForOneTurnOfEachHogAtMost() {
        try (ToyKernel kernel = new ToyKernel(1, 3, Eevdf::new, "eevdf")) {
            ToyTask sleeper = kernel.start(() -> {
                for (int i = 0; i < 50; i++) {
                    kernel.sleep.kpause("nap", 2, false);
                    kernel.compute(MS / 2);
                }
            });
            kernel.start(() -> kernel.compute(100_000 * MS));
            kernel.start(() -> kernel.compute(100_000 * MS));
            kernel.runUntil(2_000 * MS);
            long worst = sleeper.accounting().wakeupLatency().max();
            assertTrue(worst < 21 * MS, "waited " + worst + " ns");
        }
    }
}
