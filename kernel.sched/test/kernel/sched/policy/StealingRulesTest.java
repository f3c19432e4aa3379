// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import kernel.sched.task.CpuState;
import kernel.sched.task.Generation;
import kernel.sched.task.TaskState;
import kernel.sched.toy.FakeHost;
import kernel.sched.toy.StubTask;
import machine.core.engine.Topology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each condition of sched_idle and sched_balance by itself; two packages of two cores of two threads. */
class StealingRulesTest {
    private final FakeHost host = new FakeHost(Topology.parse("2x2x2"));
    private final CpuQueues queues = new CpuQueues(host, 10);

    @BeforeEach
    void allBusy() {
        host.tick = 1000;
        for (int i = 1; i < 8; i++) {
            host.busy(i, 50);
        }
    }

    @AfterEach
    void close() {
        host.close();
    }

    private StubTask queued(int priority, int cpu) {
        StubTask task = new StubTask(priority + "@" + cpu, priority);
        task.setCpu(host.cpu(cpu));
        task.become(TaskState.LSRUN);
        queues.enqueue(task, false);
        return task;
    }

    private StubTask hot(StubTask task) {
        task.setLastRunTick(host.tick);
        return task;
    }

    @Test
    void offlineCpusStealNothing() {
        queued(30, 4);
        queued(30, 4);
        host.cpu(0).setFlag(CpuState.OFFLINE);
        host.cpu(0).setProcessorSet(1);
        host.cpu(4).setProcessorSet(1);
        for (Generation generation : Generation.values()) {
            host.generation = generation;
            assertNull(queues.steal(host.cpu(0)));
        }
    }

    @Test
    void whoIsBoundStaysWhileItsEqualsMayGo() {
        StubTask bound = new StubTask("bound", 40);
        bound.setCpu(host.cpu(4));
        bound.setBound(true);
        bound.become(TaskState.LSRUN);
        queues.enqueue(bound, false);
        assertNull(queues.steal(host.cpu(0)));
        host.tick++;
        StubTask free = queued(40, 4);
        assertSame(free, queues.steal(host.cpu(0)));
    }

    @Test
    void onlyTheBestPriorityIsLookedAtFrom2020On() {
        hot(queued(40, 4));
        StubTask cold = queued(30, 4);
        assertNull(queues.steal(host.cpu(0)));
        host.generation = Generation.V2009;
        assertSame(cold, queues.steal(host.cpu(0)), "and all of them in 2009");
    }

    @Test
    void in2009WhatIsHotStays() {
        host.generation = Generation.V2009;
        hot(queued(40, 4));
        hot(queued(30, 4));
        assertNull(queues.steal(host.cpu(0)));
    }

    @Test
    void in2009TheVictimIsOfTheSameSetAndHasEnough() {
        host.generation = Generation.V2009;
        queued(40, 4);
        StubTask second = queued(40, 4);
        queues.tune("min_catch", 3);
        assertNull(queues.steal(host.cpu(0)));
        queues.tune("min_catch", 2);
        host.cpu(4).setProcessorSet(1);
        second.setProcessorSet(0);
        assertNull(queues.steal(host.cpu(0)));
        host.cpu(4).setProcessorSet(0);
        assertEquals("40@4", queues.steal(host.cpu(0)).label());
    }

    /** A CPU that becomes idle forgets that it was crowded, or it would find itself to be the worst of all. */
    @Test
    void in2009TheOwnAverageIsReset() {
        host.generation = Generation.V2009;
        for (int i = 0; i < 8; i++) {
            queued(40, 0);
        }
        queued(40, 4);
        queued(40, 4);
        for (int i = 0; i < 6; i++) {
            queues.timeout();
        }
        for (int i = 0; i < 8; i++) {
            queues.pickNext(host.cpu(0));
        }
        assertEquals("40@4", queues.steal(host.cpu(0)).label());
    }

    @Test
    void minCatchSparesShortQueuesButNotThoseOfTheSecondThread() {
        queues.tune("min_catch", 2);
        queued(40, 5);
        assertNull(queues.steal(host.cpu(0)), "elsewhere a second thread has to have as many, too");
        StubTask sibling = queued(40, 1);
        assertSame(sibling, queues.steal(host.cpu(0)));
    }

    @Test
    void secondThreadsLookEverywhereWithinASetOfTheirOwn() {
        host.idle(1);
        host.cpu(1).setProcessorSet(1);
        host.cpu(6).setProcessorSet(1);
        StubTask member = queued(40, 6);
        member.setProcessorSet(1);
        assertSame(member, queues.steal(host.cpu(1)));
    }

    @Test
    void theSearchRestsForTheInterval() {
        queues.tune("skim_interval", 50);
        assertNull(queues.steal(host.cpu(0)));
        StubTask late = queued(40, 4);
        host.tick += 4;
        assertNull(queues.steal(host.cpu(0)));
        host.tick++;
        assertSame(late, queues.steal(host.cpu(0)));
    }

    @Test
    void secondThreadsAreGentleToEachOther() {
        try (FakeHost four = new FakeHost(Topology.parse("1x1x4"))) {
            CpuQueues there = new CpuQueues(four, 10);
            four.tick = 1000;
            StubTask task = new StubTask("hot", 40);
            task.setCpu(four.cpu(2));
            task.setLastRunTick(1000);
            task.become(TaskState.LSRUN);
            there.enqueue(task, false);
            assertNull(there.steal(four.cpu(1)));
            task.setLastRunTick(990);
            assertSame(task, there.steal(four.cpu(1)));
        }
    }

    @Test
    void siblingsAreGentleToFirstThreads() {
        host.idle(1);
        hot(queued(40, 0));
        assertNull(queues.steal(host.cpu(1)));
        host.idle(0);
        queues.pickNext(host.cpu(0));
        StubTask hot = hot(queued(40, 1));
        assertSame(hot, queues.steal(host.cpu(0)));
    }
}
