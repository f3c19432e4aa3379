// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.eevdf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import kernel.sched.task.CpuSet;
import kernel.sched.task.SchedClass;
import kernel.sched.toy.FakeHost;
import kernel.sched.toy.StubTask;
import machine.core.engine.Topology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two packages of two cores of two threads, all busy with one fair task each. */
class CpuChoiceTest {
    private final FakeHost host = new FakeHost(Topology.parse("2x2x2"));
    private final Eevdf scheduler = new Eevdf();
    private int made;

    @BeforeEach
    void allBusy() {
        scheduler.attach(host);
        host.tick = 1000;
        for (int i = 0; i < 8; i++) {
            queued(i);
            StubTask running = (StubTask) scheduler.pickNext(host.cpu(i));
            host.busy(i, 43);
            host.cpu(i).setCurrent(running, 43);
        }
    }

    @AfterEach
    void close() {
        host.close();
    }

    private StubTask task(int cpu) {
        StubTask task = new StubTask("t" + made, 43);
        task.setSerial(made++);
        task.setCpu(host.cpu(cpu));
        return task;
    }

    private StubTask queued(int cpu) {
        StubTask task = task(cpu);
        scheduler.enqueue(task, false);
        return task;
    }

    private void idle(int cpu) {
        scheduler.slept(host.cpu(cpu).current());
        host.idle(cpu);
    }

    @Test
    void theLastCpuIfItIsFree() {
        idle(3);
        idle(0);
        assertEquals(3, scheduler.selectCpu(task(3)).id());
        StubTask bound = task(5);
        bound.setBound(true);
        assertEquals(5, scheduler.selectCpu(bound).id());
    }

    @Test
    void thenAFreeCoreOfThePackageThenAFreeThreadThere() {
        idle(6);
        idle(7);
        idle(1);
        assertEquals(1, scheduler.selectCpu(task(3)).id(), "a thread nearby before a core far away");
        idle(0);
        assertEquals(0, scheduler.selectCpu(task(3)).id());
        host.busy(0, 43);
        host.busy(1, 43);
        idle(3);
        idle(2);
        assertEquals(2, scheduler.selectCpu(task(0)).id());
        StubTask picky = task(0);
        picky.setAffinity(CpuSet.of(3, 6));
        assertEquals(3, scheduler.selectCpu(picky).id());
    }

    @Test
    void aWholeCoreComesBeforeTheNextThread() {
        idle(1);
        idle(2);
        idle(3);
        assertEquals(2, scheduler.selectCpu(task(0)).id());
    }

    @Test
    void thenAnyFreeOneThenTheLeastWeightFromTheLastOneOn() {
        assertEquals(5, scheduler.selectCpu(task(5)).id(), "the last among equals");
        queued(5);
        assertEquals(6, scheduler.selectCpu(task(5)).id(), "the next among the others");
        scheduler.nice(host.cpu(2).current(), 30);
        assertEquals(2, scheduler.selectCpu(task(5)).id());
        idle(0);
        assertEquals(0, scheduler.selectCpu(task(5)).id());
        StubTask picky = task(5);
        picky.setAffinity(CpuSet.of(3, 7));
        assertEquals(7, scheduler.selectCpu(picky).id());
    }

    /** A CPU that runs a real-time task is as busy as one with a fair one. */
    @Test
    void realTimeCounts() {
        scheduler.slept(host.cpu(2).current());
        StubTask fifo = task(2);
        fifo.setSchedClass(SchedClass.FIFO);
        host.cpu(2).setCurrent(fifo, 140);
        assertEquals(5, scheduler.selectCpu(task(5)).id());
        queued(5);
        assertEquals(6, scheduler.selectCpu(task(5)).id());
    }

    @Test
    void whoIsIdleTakesFromTheBusiestWhatIsNotHot() {
        idle(0);
        StubTask first = queued(4);
        queued(6);
        StubTask heavy = queued(6);
        scheduler.nice(heavy, 0);
        StubTask picky = queued(7);
        scheduler.nice(picky, 0);
        scheduler.nice(host.cpu(7).current(), 0);
        picky.setAffinity(CpuSet.of(7));
        heavy.setBound(true);
        assertEquals("t9", scheduler.steal(host.cpu(0)).label(), "the first that may move, of cpu6");
        first.setLastRunTick(1000);
        assertNull(scheduler.steal(host.cpu(0)), "it ran in this tick");
        host.tick++;
        assertSame(first, scheduler.steal(host.cpu(0)));
    }
}
