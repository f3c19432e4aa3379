// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.m2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.sched.policy.TaskRecord;
import kernel.sched.task.CpuState;
import kernel.sched.task.SchedClass;
import kernel.sched.task.TaskState;
import kernel.sched.toy.FakeHost;
import kernel.sched.toy.StubTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class M2Test {
    private final FakeHost host = new FakeHost(1);
    private final M2 scheduler = new M2();
    private final StubTask task = new StubTask("1.1", 43);

    @BeforeEach
    void attach() {
        scheduler.attach(host);
        task.setCpu(host.cpu(0));
    }

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @CsvSource({"43,20,false,44", "62,20,false,63", "63,20,false,63", "43,20,true,43", "43,0,false,48", "43,19,false,44",
        "43,12,false,45", "61,0,false,63", "43,40,false,44"})
    void sleepingRaises(int priority, int nice, boolean batch, int expected) {
        task.setPriority(priority);
        task.setNice(nice);
        task.setBatch(batch);
        scheduler.slept(task);
        assertEquals(expected, task.priority());
    }

    @Test
    void realTimeIsLeftAlone() {
        task.setSchedClass(SchedClass.FIFO);
        task.setPriority(140);
        task.setSleepSeconds(3);
        scheduler.slept(task);
        scheduler.woken(task);
        scheduler.pstats(task, true);
        scheduler.nice(task, 0);
        scheduler.tick(host.cpu(0), task);
        assertEquals(140, task.priority());
        assertEquals(10, host.cpu(0).ticks());
    }

    @ParameterizedTest
    @CsvSource({"0,43", "1,61", "5,61"})
    void aLongSleepEndsHigh(int seconds, int expected) {
        task.setSleepSeconds(seconds);
        scheduler.woken(task);
        assertEquals(expected, task.priority());
    }

    @ParameterizedTest
    @CsvSource({"LSONPROC,false,1000,43", "LSONPROC,true,1000,42", "LSRUN,false,199,43", "LSRUN,false,200,61", "LSRUN,false,250,61",
        "LSRUN,true,250,61"})
    void onceASecondHogsSinkAndTheStarvedRise(TaskState state, boolean batch, long tick, int expected) {
        host.tick = tick;
        task.setLastRunTick(100);
        task.become(state);
        scheduler.pstats(task, batch);
        assertEquals(expected, task.priority());
    }

    /** Who has never run is not starved, the lowest priority stays, and the rise begins below the priority of a hog. */
    @Test
    void theEndsOfTheStatistics() {
        host.tick = 1000;
        task.setPriority(0);
        scheduler.pstats(task, true);
        assertEquals(0, task.priority());
        task.become(TaskState.LSRUN);
        scheduler.pstats(task, false);
        assertEquals(0, task.priority());
        task.setLastRunTick(1);
        task.setPriority(11);
        scheduler.pstats(task, true);
        assertEquals(57, task.priority());
    }

    /** A real-time task of a low priority still has the real-time slice. */
    @ParameterizedTest
    @CsvSource({"0,43,7", "0,0,15", "1,140,10", "2,0,10"})
    void whoIsForkedOrImportedHasTheSliceOfItsPriority(int schedClass, int priority, int slice) {
        task.setSchedClass(schedClass);
        task.setPriority(priority);
        scheduler.forked(null, task);
        assertEquals(slice, task.sliceTicks());
        task.setSliceTicks(1);
        scheduler.importTask(task, new TaskRecord());
        assertEquals(slice, task.sliceTicks());
    }

    @Test
    void whoIsToMigrateIsAskedToYield() {
        task.setTargetCpu(host.cpu(0));
        scheduler.tick(host.cpu(0), task);
        assertEquals(List.of("cpu0:" + CpuState.RESCHED_UPREEMPT), host.requests);
    }

    /** The boost of the kernel counts: 43 stands for 85 there. */
    @Test
    void theEffectivePriorityDecidesWhoYields() {
        StubTask other = new StubTask("1.2", 84);
        other.setCpu(host.cpu(0));
        scheduler.enqueue(other, false);
        task.setKernelPriority(true);
        scheduler.tick(host.cpu(0), task);
        assertEquals(List.of(), host.requests);
        task.setKernelPriority(false);
        scheduler.tick(host.cpu(0), task);
        assertEquals(1, host.requests.size());
    }

    @ParameterizedTest
    @CsvSource({"43,20,42", "43,40,38", "43,21,42"})
    void aUsedUpSliceLowers(int priority, int nice, int expected) {
        task.setPriority(priority);
        task.setNice(nice);
        scheduler.tick(host.cpu(0), task);
        assertEquals(expected, task.priority());
        assertEquals(new SliceTable(100).ticks(expected), host.cpu(0).ticks());
        assertTrue(host.requests.isEmpty());
    }

    /** An empty queue counts as priority 0, as in the original, so the lowest task is asked to yield to nobody. */
    @ParameterizedTest
    @CsvSource({"0,20", "2,40"})
    void priorityStopsAtZero(int priority, int nice) {
        task.setPriority(priority);
        task.setNice(nice);
        scheduler.tick(host.cpu(0), task);
        assertEquals(0, task.priority());
        assertEquals(1, host.requests.size());
    }

    @ParameterizedTest
    @CsvSource({"41,false", "42,true", "50,true"})
    void anEqualOrBetterTaskGetsItsTurn(int queuedPriority, boolean yields) {
        StubTask other = new StubTask("1.2", queuedPriority);
        other.setCpu(host.cpu(0));
        scheduler.enqueue(other, false);
        scheduler.tick(host.cpu(0), task);
        assertEquals(yields, host.cpu(0).has(CpuState.SHOULDYIELD));
        assertEquals(yields ? 1 : 0, host.requests.size());
    }

    @Test
    void aSliceIsGivenWhenQueuedAndLoadedWhenSwitchedIn() {
        scheduler.enqueue(task, false);
        assertEquals(7, task.sliceTicks());
        assertEquals(task, scheduler.pickNext(host.cpu(0)));
        scheduler.switchedIn(task);
        assertEquals(7, host.cpu(0).ticks());
    }

    @ParameterizedTest
    @CsvSource({"43,0,48", "43,40,38", "43,20,43", "61,0,63", "2,40,0", "43,22,43", "43,24,42"})
    void niceShifts(int priority, int nice, int expected) {
        task.setPriority(priority);
        scheduler.nice(task, nice);
        assertEquals(expected, task.priority());
        assertEquals(nice, task.nice());
    }

    @ParameterizedTest
    @CsvSource({"43,20,0", "40,20,6144", "25,20,36864", "10,20,36864", "63,20,0"})
    void exportsTheEstimateThatStandsForThePriority(int priority, int nice, int estcpu) {
        task.setPriority(priority);
        task.setNice(nice);
        TaskRecord record = new TaskRecord();
        record.capture(task);
        scheduler.exportTask(task, record);
        assertEquals(estcpu, record.estcpu);
    }

    @Test
    void aSlowClockIsRefused() {
        host.hz = 50;
        assertThrows(IllegalStateException.class, () -> new M2().attach(host));
    }
}
