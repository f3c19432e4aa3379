// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.task.CpuSet;
import kernel.sched.task.Generation;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import kernel.sched.toy.FakeHost;
import kernel.sched.toy.StubTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuQueuesTest {
    private final FakeHost host = new FakeHost(4);
    private final CpuQueues queues = new CpuQueues(host, 10);

    @AfterEach
    void close() {
        host.close();
    }

    private StubTask task(String name, int priority, int cpu) {
        StubTask task = new StubTask(name, priority);
        task.setCpu(host.cpu(cpu));
        return task;
    }

    private StubTask slept(int priority, int cpu) {
        StubTask task = task("t", priority, cpu);
        task.become(TaskState.LSONPROC);
        task.become(TaskState.LSSLEEP);
        return task;
    }

    /** Class, ran since tick, preempted: in front of or behind an equal. */
    @ParameterizedTest
    @CsvSource({"V2020,0,95,true,tail", "V2020,1,95,true,head", "V2020,2,95,true,head", "V2020,2,90,true,tail",
        "V2020,1,95,false,tail", "V2009,1,95,true,tail"})
    void placeInTheQueue(Generation generation, int schedClass, long lastRun, boolean preempted, String where) {
        host.generation = generation;
        host.tick = 100;
        Task first = task("first", 50, 0);
        queues.enqueue(first, false);
        StubTask second = task("second", 50, 0);
        second.setSchedClass(schedClass);
        second.setLastRunTick(lastRun);
        queues.enqueue(second, preempted);
        assertEquals(where.equals("head") ? second : first, queues.pickNext(host.cpu(0)));
    }

    @Test
    void aWokenTaskStaysOnItsIdleCpu() {
        assertEquals(2, queues.selectCpu(slept(43, 2)).id());
    }

    @Test
    void aWokenTaskStaysWhereItBeatsWhoRuns() {
        host.busy(2, 40);
        assertEquals(2, queues.selectCpu(slept(43, 2)).id());
    }

    @Test
    void aBeatenTaskGoesToTheIdleCaller() {
        host.busy(2, 60);
        host.current = 3;
        assertEquals(3, queues.selectCpu(slept(43, 2)).id());
    }

    @Test
    void aHotTimeSharingTaskStays() {
        host.busy(2, 60);
        host.tick = 100;
        StubTask hot = slept(43, 2);
        hot.setLastRunTick(100);
        assertEquals(2, queues.selectCpu(hot).id());
        hot.setLastRunTick(99);
        assertEquals(0, queues.selectCpu(hot).id());
    }

    @Test
    void withoutAnIdleCpuTheLowestPriorityThenTheShortestQueueWins() {
        int[] running = {60, 50, 60, 50};
        for (int i = 0; i < 4; i++) {
            host.busy(i, running[i]);
        }
        assertEquals(3, queues.selectCpu(slept(43, 0)).id(), "the last of equals");
        queues.enqueue(task("queued", 10, 3), false);
        assertEquals(1, queues.selectCpu(slept(43, 0)).id());
        queues.enqueue(task("better", 55, 1), false);
        assertEquals(3, queues.selectCpu(slept(43, 0)).id());
    }

    @Test
    void affinityAndBindingAreObeyed() {
        StubTask task = slept(43, 0);
        task.setAffinity(CpuSet.of(2, 3));
        assertEquals(2, queues.selectCpu(task).id());
        task.setAffinity(null);
        host.busy(0, 60);
        task.setBound(true);
        assertEquals(0, queues.selectCpu(task).id());
    }

    @Test
    void newTasksGoRoundRobin() {
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            chosen.add(queues.selectCpu(task("new", 43, 0)).id());
        }
        assertEquals(List.of(1, 2, 3, 0, 1), chosen);
    }

    @Test
    void in2009AnEmptyQueueIsEnoughToStay() {
        host.generation = Generation.V2009;
        host.busy(2, 63);
        assertEquals(2, queues.selectCpu(slept(43, 2)).id());
        queues.enqueue(task("queued", 10, 2), false);
        host.busy(0, 63);
        assertEquals(3, queues.selectCpu(slept(43, 2)).id());
        host.busy(0, 40);
        assertEquals(0, queues.selectCpu(slept(43, 2)).id());
    }

    @ParameterizedTest
    @CsvSource({"V2009", "V2020"})
    void anIdleCpuStealsWhatMayMove(Generation generation) {
        host.generation = generation;
        host.tick = 1000;
        StubTask bound = task("bound", 60, 1);
        bound.setBound(true);
        StubTask elsewhere = task("elsewhere", 50, 2);
        elsewhere.setAffinity(CpuSet.of(2));
        StubTask free = task("free", 50, 2);
        StubTask more = task("more", 50, 2);
        for (StubTask task : List.of(bound, elsewhere, free, more)) {
            task.become(TaskState.LSRUN);
            queues.enqueue(task, false);
        }
        assertEquals(free, queues.steal(host.cpu(0)));
        assertEquals(2, queues.of(host.cpu(2)).count());
    }

    /** Averages of whole numbers: (0 + 1) / 2 is 0 for ever, (0 + 2) / 2 is 1. */
    @ParameterizedTest
    @CsvSource({"1,true,false", "2,true,true", "1,false,true"})
    void theBalancerOf2009OverlooksALoneTask(int waiting, boolean quirk, boolean stolen) {
        host.generation = Generation.V2009;
        host.quirks = quirk;
        host.tick = 1000;
        for (int i = 0; i < waiting; i++) {
            StubTask task = task("waits" + i, 50, 2);
            task.become(TaskState.LSRUN);
            queues.enqueue(task, false);
        }
        for (int i = 0; i < 10; i++) {
            queues.timeout();
        }
        assertEquals(stolen, queues.steal(host.cpu(0)) != null);
    }

    @Test
    void theBalancerOf2009RunsFromACallout() {
        StubTask modern = task("modern", 50, 0);
        queues.enqueue(modern, false);
        assertEquals(List.of(), host.requests);
        host.generation = Generation.V2009;
        queues.enqueue(task("old", 50, 0), false);
        queues.enqueue(task("old too", 50, 0), false);
        assertEquals(List.of("callout 30"), host.requests);
        queues.tune("balance_period", 500);
        queues.timeout();
        assertEquals(List.of("callout 30", "callout 50"), host.requests);
        host.generation = Generation.V2020;
        queues.timeout();
        assertEquals(2, host.requests.size());
    }

    /** The load of the past counts: whoever was crowded for long is relieved although another is longer just now. */
    @Test
    void theAveragesSmoothTheLoad() {
        host.generation = Generation.V2009;
        host.tick = 1000;
        List<StubTask> crowd = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            StubTask task = task("crowd" + i, 50, i < 6 ? 2 : 1);
            task.become(TaskState.LSRUN);
            crowd.add(task);
            queues.enqueue(task, false);
        }
        for (int i = 0; i < 8; i++) {
            queues.timeout();
        }
        crowd.subList(0, 4).forEach(queues::dequeue);
        assertEquals(crowd.get(4), queues.steal(host.cpu(0)));
    }

    @Test
    void stealingIsGentleAndRare() {
        host.tick = 1000;
        StubTask hot = task("hot", 50, 1);
        hot.setLastRunTick(1000);
        hot.become(TaskState.LSRUN);
        queues.enqueue(hot, false);
        assertEquals(null, queues.steal(host.cpu(0)));
        hot.setLastRunTick(900);
        assertEquals(null, queues.steal(host.cpu(0)));
        host.tick = 1001;
        assertEquals(hot, queues.steal(host.cpu(0)));
    }
}
