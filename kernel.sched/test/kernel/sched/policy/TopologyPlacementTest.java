// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.task.CpuSet;
import kernel.sched.task.CpuState;
import kernel.sched.task.Generation;
import kernel.sched.task.TaskState;
import kernel.sched.toy.FakeHost;
import kernel.sched.toy.StubTask;
import machine.core.engine.Topology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two packages of two cores of two threads: CPUs 0 to 3 and 4 to 7; even ones are first class. */
class TopologyPlacementTest {
    private final FakeHost host = new FakeHost(Topology.parse("2x2x2"));
    private final CpuQueues queues = new CpuQueues(host, 10);

    @BeforeEach
    void allBusy() {
        host.tick = 1000;
        for (int i = 0; i < 8; i++) {
            host.busy(i, 50);
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

    private StubTask queued(int priority, int cpu) {
        StubTask task = task(priority, cpu);
        task.become(TaskState.LSRUN);
        queues.enqueue(task, false);
        return task;
    }

    private StubTask slept(int priority, int cpu) {
        StubTask task = task(priority, cpu);
        task.become(TaskState.LSONPROC);
        task.become(TaskState.LSSLEEP);
        return task;
    }

    @Test
    void onlyTheFirstThreadOfACoreIsFirstClass() {
        List<Integer> first = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            if (host.cpu(i).has(CpuState.FIRSTCLASS)) {
                first.add(i);
            }
        }
        assertEquals(List.of(0, 2, 4, 6), first);
    }

    @Test
    void aWokenTaskGoesToTheIdleFirstThreadOfItsCore() {
        host.idle(2);
        host.idle(3);
        assertEquals(2, queues.selectCpu(slept(43, 3)).id());
    }

    @Test
    void anIdleSecondThreadIsNoReasonToMove() {
        host.idle(3);
        assertEquals(2, queues.selectCpu(slept(51, 2)).id());
    }

    @Test
    void theCoreOfTheCallerComesBeforeTheSearch() {
        host.idle(0);
        host.idle(6);
        host.current = 7;
        assertEquals(6, queues.selectCpu(slept(43, 2)).id());
    }

    @Test
    void theSearchBeginsInTheOwnPackage() {
        host.idle(0);
        host.idle(6);
        host.current = 2;
        assertEquals(6, queues.selectCpu(slept(43, 5)).id());
        assertEquals(0, queues.selectCpu(slept(43, 3)).id());
    }

    @Test
    void amongEqualsFirstClassWins() {
        for (int i = 0; i < 8; i++) {
            host.busy(i, i == 1 || i == 2 ? 40 : 50);
        }
        assertEquals(2, queues.selectCpu(slept(30, 3)).id());
    }

    @Test
    void newTasksGoRoundThePackages() {
        List<Integer> packages = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            host.idle(i);
        }
        for (int i = 0; i < 4; i++) {
            packages.add(queues.selectCpu(task(43, 0)).packageId());
        }
        assertEquals(List.of(1, 0, 1, 0), packages);
    }

    @Test
    void aTaskPreemptedOnASecondThreadMovesToAnIdleFirstOne() {
        StubTask onSecond = slept(43, 3);
        assertNull(queues.preempted(onSecond));
        host.idle(4);
        assertEquals(4, queues.preempted(onSecond).id());
        host.idle(2);
        assertEquals(2, queues.preempted(onSecond).id());
        assertNull(queues.preempted(slept(43, 6)), "it is on a first-class CPU");
        onSecond.setAffinity(CpuSet.of(3));
        assertNull(queues.preempted(onSecond));
        onSecond.setAffinity(null);
        host.generation = Generation.V2009;
        assertNull(queues.preempted(onSecond));
    }

    @Test
    void idleCpusHelpTheirCoreBeforeTheRestAtAll() {
        host.idle(2);
        queued(60, 6);
        StubTask sibling = queued(30, 3);
        assertEquals(sibling, queues.steal(host.cpu(2)));
    }

    @Test
    void aSecondThreadLooksNoFurtherThanItsCore() {
        host.idle(3);
        queued(60, 0);
        assertNull(queues.steal(host.cpu(3)));
        StubTask sibling = queued(30, 2);
        assertEquals(sibling, queues.steal(host.cpu(3)));
    }

    @Test
    void theOwnPackageIsSearchedFirst() {
        host.idle(4);
        queued(60, 0);
        StubTask near = queued(30, 6);
        assertEquals(near, queues.steal(host.cpu(4)));
    }

    @Test
    void aFirstThreadTakesEvenWhatIsHotFromASecondOne() {
        host.idle(2);
        StubTask hot = queued(50, 3);
        hot.setLastRunTick(1000);
        assertEquals(hot, queues.steal(host.cpu(2)));
    }

    @Test
    void processorSetsKeepToThemselves() {
        for (int i = 4; i < 8; i++) {
            host.cpu(i).setProcessorSet(1);
        }
        host.idle(0);
        host.idle(4);
        StubTask member = slept(43, 0);
        member.setProcessorSet(1);
        assertEquals(4, queues.selectCpu(member).id());
        assertEquals(0, queues.selectCpu(slept(43, 4)).id());
        queued(60, 2);
        assertNull(queues.steal(host.cpu(4)));
        member.setAffinity(CpuSet.of(0));
        assertEquals(0, queues.selectCpu(member).id(), "an affinity overrides the set");
    }
}
