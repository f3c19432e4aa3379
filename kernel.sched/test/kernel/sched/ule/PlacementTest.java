// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.ule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import kernel.sched.task.CpuSet;
import kernel.sched.toy.FakeHost;
import kernel.sched.toy.StubTask;
import machine.core.engine.Topology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two packages of two cores of two threads: CPUs 0 to 3 and 4 to 7. */
class PlacementTest {
    private final FakeHost host = new FakeHost(Topology.parse("2x2x2"));
    private final Ule scheduler = new Ule();

    @BeforeEach
    void allBusy() {
        scheduler.attach(host);
        host.tick = 1000;
        for (int i = 0; i < 8; i++) {
            host.busy(i, 30);
        }
    }

    @AfterEach
    void close() {
        host.close();
    }

    private StubTask task(int priority, int cpu) {
        StubTask task = new StubTask("t" + cpu, priority);
        task.setCpu(host.cpu(cpu));
        return task;
    }

    private StubTask queued(int cpu) {
        StubTask task = task(30, cpu);
        scheduler.enqueue(task, false);
        return task;
    }

    /** While its caches are warm a task goes back to its last CPU although another thread of that core runs. */
    @ParameterizedTest
    @CsvSource({"1000,0,1", "0,1000,1", "999,999,2", "0,0,2"})
    void theLastCpuIsPreferredForAMoment(long ran, long slept, int expected) {
        for (int idle : new int[] {1, 2, 3}) {
            host.idle(idle);
        }
        StubTask task = task(30, 1);
        task.setLastRunTick(ran);
        task.setLastSleepTick(slept);
        assertEquals(expected, scheduler.selectCpu(task).id());
    }

    @Test
    void thenTheLeastLoadedCoreOfThePackage() {
        host.idle(1);
        host.idle(4);
        host.idle(5);
        assertEquals(1, scheduler.selectCpu(task(30, 3)).id(), "a free thread of a busy core nearby before a free core far away");
        host.idle(2);
        assertEquals(1, scheduler.selectCpu(task(30, 1)).id(), "the last one among equals");
        StubTask picky = task(30, 1);
        picky.setAffinity(CpuSet.of(2, 4));
        assertEquals(2, scheduler.selectCpu(picky).id());
    }

    @Test
    void thenTheLeastLoadedOfThoseThatRunSomethingWorse() {
        for (int i = 0; i < 8; i++) {
            host.busy(i, i == 5 || i == 6 ? 40 : 60);
        }
        queued(5);
        assertEquals(6, scheduler.selectCpu(task(50, 0)).id());
        assertEquals(0, scheduler.selectCpu(task(30, 0)).id(), "where nobody is worse, the least loaded, from the last one on");
        queued(0);
        assertEquals(1, scheduler.selectCpu(task(30, 0)).id());
    }

    /** The CPU that wakes keeps what is better than what it runs, unless it is two tasks longer or the other one is idle. */
    @Test
    void theCurrentCpuIsNotWorthLeavingForADifferenceOfOne() {
        host.current = 7;
        assertEquals(7, scheduler.selectCpu(task(50, 0)).id());
        queued(7);
        assertEquals(7, scheduler.selectCpu(task(50, 0)).id());
        queued(7);
        assertEquals(0, scheduler.selectCpu(task(50, 0)).id());
        host.current = 6;
        assertEquals(0, scheduler.selectCpu(task(30, 0)).id(), "not better than what runs there");
        host.idle(4);
        assertEquals(4, scheduler.selectCpu(task(50, 0)).id());
        StubTask bound = task(50, 3);
        bound.setBound(true);
        assertEquals(3, scheduler.selectCpu(bound).id());
    }

    @Test
    void stealingBeginsInTheCoreAndEndsEverywhere() {
        host.idle(0);
        StubTask far = queued(7);
        queued(7);
        StubTask near = queued(3);
        StubTask sibling = queued(1);
        assertSame(sibling, scheduler.steal(host.cpu(0)));
        assertSame(near, scheduler.steal(host.cpu(0)));
        assertSame(far, scheduler.steal(host.cpu(0)));
    }

    @Test
    void theMostLoadedIsRobbedFirstAndOnlyOfWhatMayMove() {
        host.idle(0);
        queued(6);
        StubTask crowded = queued(7);
        queued(7);
        assertSame(crowded, scheduler.steal(host.cpu(0)));
        scheduler.pickNext(host.cpu(6));
        scheduler.pickNext(host.cpu(7));
        StubTask one = queued(4);
        StubTask bound = queued(5);
        bound.setBound(true);
        StubTask picky = queued(5);
        picky.setAffinity(CpuSet.of(5));
        assertSame(one, scheduler.steal(host.cpu(0)));
        assertNull(scheduler.steal(host.cpu(0)));
        picky.setAffinity(null);
        assertSame(picky, scheduler.steal(host.cpu(0)));
    }
}
