// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.task.CpuSet;
import kernel.sched.task.CpuState;
import kernel.sched.task.Generation;
import kernel.sched.task.SchedClass;
import kernel.sched.task.TaskState;
import kernel.sched.toy.FakeHost;
import kernel.sched.toy.StubTask;
import machine.core.engine.Topology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each condition of sched_takecpu by itself; four CPUs that share nothing, all of them busy with 50 and one queued at 10. */
class PlacementRulesTest {
    private final FakeHost host = new FakeHost(4);
    private final CpuQueues queues = new CpuQueues(host, 10);

    @BeforeEach
    void allBusy() {
        host.tick = 1000;
        for (int i = 0; i < 4; i++) {
            host.busy(i, 50);
            queues.enqueue(task(10, i), false);
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

    private StubTask slept(int priority, int cpu) {
        StubTask task = task(priority, cpu);
        task.become(TaskState.LSONPROC);
        task.become(TaskState.LSSLEEP);
        return task;
    }

    private StubTask hot(StubTask task) {
        task.setLastRunTick(host.tick);
        return task;
    }

    /** Where a task that slept on cpu1, where two wait, goes: hot or not, its priority; cpu0 is the last of the others. */
    @ParameterizedTest
    @CsvSource({"true,49,0", "true,50,1", "true,51,1", "false,49,0", "false,50,0", "false,51,2"})
    void in2009HotTasksStayUnlessWorseAndTheCallerTakesWhatIsBetter(boolean hot, int priority, int expected) {
        host.generation = Generation.V2009;
        queues.enqueue(task(10, 1), false);
        host.current = 2;
        StubTask task = slept(priority, 1);
        assertEquals(expected, queues.selectCpu(hot ? hot(task) : task).id());
    }

    @Test
    void in2009NewTasksDoNotStayForTheCache() {
        host.generation = Generation.V2009;
        assertEquals(0, queues.selectCpu(hot(task(51, 1))).id());
    }

    @Test
    void in2009NothingCountsWhereTheTaskMayNotRun() {
        host.generation = Generation.V2009;
        StubTask task = hot(slept(60, 1));
        task.setAffinity(CpuSet.of(2));
        assertEquals(2, queues.selectCpu(task).id());
        queues.pickNext(host.cpu(1));
        assertEquals(2, queues.selectCpu(task).id(), "though its own queue is empty");
        task.setAffinity(CpuSet.of(0));
        assertEquals(0, queues.selectCpu(task).id());
    }

    /** From the next CPU on; an idle one with an empty queue ends the search. */
    @Test
    void theSearchOf2009() {
        host.generation = Generation.V2009;
        assertEquals(1, queues.selectCpu(slept(43, 1)).id(), "the last of equals is the own one");
        assertEquals(0, queues.selectCpu(slept(43, 0)).id());
        queues.enqueue(task(5, 0), false);
        assertEquals(3, queues.selectCpu(slept(43, 0)).id(), "the shorter queues");
        host.idle(2);
        assertEquals(2, queues.selectCpu(slept(5, 0)).id(), "it runs nothing, and only 10 waits");
        queues.enqueue(task(60, 2), false);
        assertEquals(3, queues.selectCpu(slept(5, 0)).id(), "what waits counts, too");
        queues.pickNext(host.cpu(2));
        queues.pickNext(host.cpu(2));
        host.idle(3);
        assertEquals(2, queues.selectCpu(slept(5, 0)).id(), "idle and nobody waits, before one that is idle with somebody");
    }

    /** Hot, class, priority: a task of cpu1, where 50 runs; the caller is busy, so all others go to the last of equals. */
    @ParameterizedTest
    @CsvSource({"false,0,49,3", "false,0,50,3", "false,0,51,1", "true,0,1,1", "true,1,50,3", "true,2,50,3", "true,1,51,1"})
    void from2020OnHotTimeSharingTasksStay(boolean hot, int schedClass, int priority, int expected) {
        queues.enqueue(task(5, 1), false);
        queues.enqueue(task(5, 0), false);
        queues.enqueue(task(5, 2), false);
        StubTask task = slept(priority, 1);
        task.setSchedClass(schedClass);
        assertEquals(expected, queues.selectCpu(hot ? hot(task) : task).id());
    }

    @Test
    void nothingCountsWhereTheTaskMayNotRun() {
        StubTask task = hot(slept(60, 1));
        task.setAffinity(CpuSet.of(2, 3));
        host.busy(1, 5);
        assertEquals(3, queues.selectCpu(task).id(), "the pivot of the search is none of its CPUs");
        host.idle(1);
        assertEquals(3, queues.selectCpu(task).id());
        task.setAffinity(CpuSet.of(1));
        host.busy(1, 200);
        assertEquals(1, queues.selectCpu(task).id());
    }

    @Test
    void whatWaitsCountsInTheSearch() {
        for (int i = 0; i < 4; i++) {
            host.busy(i, 20);
            queues.enqueue(task(i == 2 ? 21 : 40, i), false);
        }
        assertEquals(2, queues.selectCpu(slept(5, 0)).id());
    }

    /** Hot is who ran in this tick; not who has never run, and not who has been asleep for a second. */
    @ParameterizedTest
    @CsvSource({"V2009,1000,0,1", "V2009,999,0,0", "V2009,1000,1,0", "V2020,1000,0,1", "V2020,999,0,0", "V2020,1000,1,0"})
    void whoIsHot(Generation generation, long ran, int sleepSeconds, int expected) {
        host.generation = generation;
        queues.enqueue(task(10, 1), false);
        StubTask task = slept(50, 1);
        task.setLastRunTick(ran);
        task.setSleepSeconds(sleepSeconds);
        assertEquals(expected, queues.selectCpu(task).id());
        task.setLastRunTick(0);
        host.tick = 0;
        assertEquals(0, queues.selectCpu(task).id(), "it has never run");
    }

    @Test
    void aCpuForWhichSomebodyWaitsIsNotIdle() {
        host.idle(2);
        queues.enqueue(task(10, 2), false);
        assertEquals(false, host.cpu(2).has(CpuState.IDLE));
        host.generation = Generation.V2009;
        host.idle(2);
        queues.enqueue(task(10, 2), false);
        assertEquals(true, host.cpu(2).has(CpuState.IDLE), "that came later");
    }

    @Test
    void eachCpuSendsNewTasksRoundFromItsOwnPackage() {
        try (FakeHost two = new FakeHost(Topology.parse("2x2x1"))) {
            CpuQueues there = new CpuQueues(two, 10);
            List<Integer> packages = new ArrayList<>();
            for (int creator : new int[] {2, 0, 2, 0, 0}) {
                two.current = creator;
                StubTask child = new StubTask("child", 43);
                child.setCpu(two.cpu(creator));
                packages.add(there.selectCpu(child).packageId());
            }
            assertEquals(List.of(0, 1, 1, 0, 1), packages);
        }
    }

    @Test
    void whoIsBoundIsNotSentAwayFromASecondThread() {
        try (FakeHost one = new FakeHost(Topology.parse("1x1x2"))) {
            CpuQueues there = new CpuQueues(one, 10);
            one.busy(1, 50);
            StubTask task = new StubTask("t", 50);
            task.setCpu(one.cpu(1));
            assertEquals(0, there.preempted(task).id());
            task.setBound(true);
            assertNull(there.preempted(task));
            task.setBound(false);
            one.busy(0, 5);
            assertNull(there.preempted(task), "a first thread that is busy is no better place, however bad what it runs");
        }
    }

    @Test
    void offlineCpusAreNowhereChosen() {
        for (Generation generation : Generation.values()) {
            host.generation = generation;
            host.idle(1);
            host.cpu(1).setFlag(CpuState.OFFLINE);
            StubTask task = slept(43, 1);
            task.setSchedClass(SchedClass.RR);
            assertEquals(0, queues.selectCpu(task).id(), generation.toString());
        }
    }
}
