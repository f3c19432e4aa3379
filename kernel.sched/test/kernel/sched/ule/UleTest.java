// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.ule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.sched.policy.TaskRecord;
import kernel.sched.task.SchedClass;
import kernel.sched.task.TaskState;
import kernel.sched.toy.FakeHost;
import kernel.sched.toy.StubTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UleTest {
    private final FakeHost host = new FakeHost(2);
    private final Ule scheduler = new Ule();
    private final StubTask task = new StubTask("1.1", 30);

    @BeforeEach
    void attach() {
        scheduler.attach(host);
        host.requests.clear();
        task.setCpu(host.cpu(0));
        host.busy(0, 30);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @CsvSource({"0,0,20,63", "15,0,20,52", "29,0,20,42", "30,0,20,41", "100,2048,20,0", "50,1024,20,20", "50,1024,10,30", "100,2048,10,10",
        "50,0,40,21", "100,2048,40,0"})
    void priorityFollowsScoreAndUse(int score, int share, int nice, int expected) {
        assertEquals(expected, new Priorities().of(score, share, nice));
    }

    @ParameterizedTest
    @CsvSource({"1,10", "2,10", "3,5", "4,3", "6,2", "7,1", "50,1"})
    void slicesShrinkWithTheLoad(int load, int ticks) {
        assertEquals(ticks, scheduler.sliceTicks(load));
    }

    @Test
    void aHogLosesItsInteractivityAndGivesWayAtTheEndOfItsSlice() {
        for (int i = 0; i < 9; i++) {
            scheduler.tick(host.cpu(0), task);
        }
        assertEquals(List.of(), host.requests);
        scheduler.tick(host.cpu(0), task);
        assertEquals(List.of("cpu0:2"), host.requests);
        assertEquals(41, task.priority());
    }

    @Test
    void aSleeperIsInteractive() {
        task.setLastSleepTick(1);
        host.tick = 200;
        scheduler.woken(task);
        assertEquals(63, task.priority());
    }

    @Test
    void interactiveTasksGoBeforeTheCalendar() {
        StubTask quick = new StubTask("quick", 50);
        quick.setCpu(host.cpu(0));
        scheduler.enqueue(task, false);
        scheduler.enqueue(quick, false);
        assertEquals(2, scheduler.runnable(host.cpu(0)));
        assertSame(quick, scheduler.pickNext(host.cpu(0)));
        assertSame(task, scheduler.pickNext(host.cpu(0)));
    }

    @Test
    void anIdleCpuTakesFromOneThatHasTwo() {
        scheduler.enqueue(task, false);
        assertSame(task, scheduler.steal(host.cpu(1)));
        assertEquals(0, scheduler.runnable(host.cpu(0)));
    }

    @Test
    void numbersCanBeTuned() {
        scheduler.tune("steal_thresh", 3);
        scheduler.enqueue(task, false);
        assertNull(scheduler.steal(host.cpu(1)));
        scheduler.tune("steal_thresh", 2);
        scheduler.tune("steal_idle", 0);
        assertNull(scheduler.steal(host.cpu(1)));
        scheduler.tune("steal_idle", 1);
        assertSame(task, scheduler.steal(host.cpu(1)));
        scheduler.tune("interact", 0);
        task.setLastSleepTick(1);
        host.tick = 200;
        scheduler.woken(task);
        assertEquals(41, task.priority());
        assertEquals(List.of("interact 0", "balance 1", "steal_idle 1", "steal_thresh 2"),
                scheduler.tunables().stream().map(t -> t.name() + " " + t.value()).toList());
    }

    private StubTask another(String name, int priority) {
        StubTask other = new StubTask(name, priority);
        other.setCpu(host.cpu(0));
        return other;
    }

    /** Batch or interactive: whoever is interrupted in its slice goes on first, who has used it up last; once each. */
    @ParameterizedTest
    @ValueSource(ints = {30, 50})
    void whoIsInterruptedGoesOnFirst(int priority) {
        StubTask equal = another("equal", priority);
        task.setPriority(priority);
        scheduler.enqueue(equal, false);
        scheduler.enqueue(task, true);
        assertSame(task, scheduler.pickNext(host.cpu(0)));
        ((History) task.schedulerData()).sliceOver = true;
        scheduler.enqueue(task, true);
        assertSame(equal, scheduler.pickNext(host.cpu(0)));
        assertSame(task, scheduler.pickNext(host.cpu(0)));
        scheduler.enqueue(equal, false);
        scheduler.enqueue(task, true);
        assertSame(task, scheduler.pickNext(host.cpu(0)));
    }

    /** The calendar turns with the clock: who was put in long ago comes before who is better. */
    @Test
    void theClockTurnsTheCalendar() {
        StubTask fifo = another("fifo", 140);
        fifo.setSchedClass(SchedClass.FIFO);
        StubTask worst = another("worst", 0);
        scheduler.enqueue(worst, false);
        for (int i = 0; i < 70; i++) {
            scheduler.tick(host.cpu(0), fifo);
        }
        scheduler.enqueue(another("best", 41), false);
        assertSame(worst, scheduler.pickNext(host.cpu(0)));
    }

    @Test
    void roundRobinHasTheLongestSliceAndNoHistory() {
        task.setSchedClass(SchedClass.RR);
        task.setPriority(140);
        for (int i = 0; i < 8; i++) {
            scheduler.enqueue(another("queued" + i, 30), false);
        }
        for (int i = 0; i < 9; i++) {
            scheduler.tick(host.cpu(0), task);
        }
        assertEquals(List.of(), host.requests);
        scheduler.tick(host.cpu(0), task);
        assertEquals(List.of("cpu0:2"), host.requests);
        assertEquals(0, ((History) task.schedulerData()).run());
    }

    @Test
    void aSleepEndsTheSlice() {
        for (int turn = 0; turn < 2; turn++) {
            for (int i = 0; i < 9; i++) {
                scheduler.tick(host.cpu(0), task);
            }
            assertEquals(List.of(), host.requests);
            scheduler.woken(task);
        }
    }

    @Test
    void aChildInheritsTheHistoryAndGivesItBack() {
        for (int i = 0; i < 20; i++) {
            scheduler.tick(host.cpu(0), task);
        }
        StubTask child = another("child", 30);
        scheduler.forked(task, child);
        History inherited = (History) child.schedulerData();
        History own = (History) task.schedulerData();
        assertEquals(20 << History.SHIFT, inherited.run());
        assertEquals(21 << History.SHIFT, own.run());
        scheduler.collected(task, child);
        assertEquals(41 << History.SHIFT, own.run());
        scheduler.processExited(task, child);
        assertEquals(61 << History.SHIFT, own.run());
        scheduler.processExited(null, child);
        scheduler.processExited(task, null);
        assertEquals(61 << History.SHIFT, own.run());
        scheduler.exited(child);
        assertNull(child.schedulerData());
    }

    @Test
    void kernelThreadsKeepTheirPriorityAndSleepersWaitForTheirWakeUp() {
        task.setPriority(20);
        task.become(TaskState.LSONPROC);
        scheduler.pstats(task, false);
        assertEquals(41, task.priority());
        task.become(TaskState.LSSLEEP);
        task.setPriority(20);
        scheduler.pstats(task, false);
        assertEquals(20, task.priority());
        task.setSystem(true);
        scheduler.woken(task);
        assertEquals(20, task.priority());
    }

    /** The first slice of a child is one tick, so that its parent or others soon go on; the parent is charged for a tick. */
    @Test
    void aChildBeginsWithASliceOfOneTick() {
        StubTask child = new StubTask("1.2", 30);
        child.setCpu(host.cpu(0));
        scheduler.forked(task, child);
        assertEquals(1 << History.SHIFT, ((History) task.schedulerData()).run());
        scheduler.tick(host.cpu(0), child);
        assertEquals(List.of("cpu0:2"), host.requests);
        for (int i = 0; i < 9; i++) {
            scheduler.tick(host.cpu(0), child);
        }
        assertEquals(1, host.requests.size(), "the second slice is a whole one");
        scheduler.tick(host.cpu(0), child);
        assertEquals(2, host.requests.size());
    }

    /** Whoever runs on with a priority that somebody lent goes to the removal slot, before those who are better by themselves. */
    @Test
    void aBorrowedPriorityGoesToTheHeadOfTheCalendar() {
        StubTask better = new StubTask("better", 38);
        better.setCpu(host.cpu(0));
        StubTask borrower = new StubTask("borrower", 3);
        borrower.setCpu(host.cpu(0));
        borrower.setInheritedPriority(20);
        scheduler.enqueue(better, false);
        scheduler.enqueue(borrower, false);
        assertSame(borrower, scheduler.pickNext(host.cpu(0)));
    }

    @Test
    void firstInFirstOutIsNotInterrupted() {
        task.setSchedClass(SchedClass.FIFO);
        for (int i = 0; i < 30; i++) {
            scheduler.tick(host.cpu(0), task);
        }
        assertTrue(host.requests.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"0,0", "18432,18432", "36864,36864"})
    void theEstimateCrossesThereAndBack(int in, int out) {
        TaskRecord record = new TaskRecord();
        record.estcpu = in;
        scheduler.importTask(task, record);
        scheduler.exportTask(task, record);
        assertEquals(out, record.estcpu);
    }
}
