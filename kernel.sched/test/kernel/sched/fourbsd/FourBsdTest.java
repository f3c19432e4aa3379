// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.fourbsd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.sched.policy.TaskRecord;
import kernel.sched.task.CpuState;
import kernel.sched.task.SchedClass;
import kernel.sched.toy.FakeHost;
import kernel.sched.toy.StubTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FourBsdTest {
    private final FakeHost host = new FakeHost(2);
    private final FourBsd scheduler = new FourBsd();
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

    @Test
    void theClockRaisesTheEstimateAndLowersThePriority() {
        for (int i = 0; i < 4; i++) {
            scheduler.schedclock(task);
        }
        assertEquals(4 * 1024, task.estcpu());
        assertEquals(41, task.priority());
        for (int i = 0; i < 100; i++) {
            scheduler.schedclock(task);
        }
        assertEquals(25, task.priority());
    }

    @Test
    void realTimeTasksKeepTheirPriority() {
        task.setSchedClass(SchedClass.RR);
        task.setPriority(140);
        scheduler.schedclock(task);
        assertEquals(140, task.priority());
        assertEquals(1024, task.estcpu());
    }

    @ParameterizedTest
    @CsvSource({"0,0,43", "2048,24576,31", "8192,32768,27"})
    void onceASecondTheEstimateDecaysByTheLoadOfTheWholeSystem(int load, int estcpu, int priority) {
        host.load = load;
        task.setEstcpu(Estimate.MAX);
        scheduler.pstats(task, false);
        assertEquals(estcpu, task.estcpu());
        assertEquals(priority, task.priority());
    }

    /** Load 4 on four CPUs: as if there were four times as many who want this one, unless the defect is switched off. */
    @ParameterizedTest
    @CsvSource({"true,32768", "false,24576"})
    void theDecayOfASecondTakesTheLoadOfTheWholeMachine(boolean quirk, int estcpu) {
        try (FakeHost four = new FakeHost(4)) {
            FourBsd onFour = new FourBsd();
            onFour.attach(four);
            four.quirks = quirk;
            four.load = 4 * 2048;
            task.setEstcpu(Estimate.MAX);
            onFour.pstats(task, false);
            assertEquals(estcpu, task.estcpu());
        }
    }

    @Test
    void longSleepersAreLeftAloneUntilTheyWake() {
        host.load = 4096;
        task.setEstcpu(Estimate.MAX);
        task.setSleepSeconds(2);
        scheduler.pstats(task, false);
        assertEquals(Estimate.MAX, task.estcpu());
        scheduler.runnable(task);
        assertEquals(Estimate.MAX * 4096 / (4096 + 2048), task.estcpu());
        task.setSleepSeconds(1);
        int before = task.estcpu();
        host.load = 0;
        scheduler.runnable(task);
        assertEquals(before, task.estcpu(), "one second is what the statistics have seen to");
    }

    @Test
    void timeSharingGivesWayAfterTheSecondQuantumAndMustAfterTheThird() {
        CpuState cpu = host.cpu(0);
        cpu.setTicks(0);
        scheduler.tick(cpu, task);
        assertEquals(10, cpu.ticks());
        assertTrue(cpu.has(CpuState.SEENRR));
        assertEquals(List.of(), host.requests);
        scheduler.tick(cpu, task);
        assertTrue(cpu.has(CpuState.SHOULDYIELD));
        scheduler.tick(cpu, task);
        assertEquals(List.of("cpu0:" + CpuState.RESCHED_LAZY, "cpu0:" + CpuState.RESCHED_KPREEMPT), host.requests);
    }

    @ParameterizedTest
    @CsvSource({"1,0", "2,1"})
    void fifoGoesOnAndRoundRobinGivesWayAtOnce(int schedClass, int requests) {
        task.setSchedClass(schedClass);
        host.cpu(0).setTicks(0);
        scheduler.tick(host.cpu(0), task);
        assertEquals(requests == 0 ? List.of() : List.of("cpu0:" + CpuState.RESCHED_KPREEMPT), host.requests);
        assertEquals(10, host.cpu(0).ticks());
    }

    @Test
    void aChildStartsWithTheEstimateOfItsParent() {
        StubTask child = new StubTask("1.2", 43);
        task.setEstcpu(5000);
        scheduler.forked(task, child);
        assertEquals(5000, child.estcpu());
        scheduler.forked(null, child);
        assertEquals(5000, child.estcpu());
    }

    /** Joining three hogs: 54 units and priority 0, unless the defect is switched off. */
    @ParameterizedTest
    @CsvSource({"true,110592,0", "false,36864,25"})
    void collectingHogs(boolean quirk, int estcpu, int priority) {
        host.quirks = quirk;
        host.load = 1 << 20;
        for (int i = 0; i < 3; i++) {
            StubTask hog = new StubTask("1." + i, 25);
            hog.setEstcpu(Estimate.MAX);
            scheduler.collected(task, hog);
        }
        assertEquals(estcpu, task.estcpu());
        scheduler.nice(task, 20);
        assertEquals(priority, task.priority());
    }

    @Test
    void aReapedProcessChargesItsParentUpToTheCeiling() {
        StubTask child = new StubTask("2.1", 43);
        child.setEstcpu(3000);
        task.setEstcpu(1000);
        scheduler.processExited(task, child);
        assertEquals(4000, task.estcpu());
        child.setEstcpu(Estimate.MAX);
        scheduler.processExited(task, child);
        assertEquals(Estimate.MAX, task.estcpu());
        scheduler.processExited(null, child);
    }

    /** Two CPUs and a load of 4: the factor of the catch-up is that of one CPU, 2/3 in each second after the first. */
    @ParameterizedTest
    @CsvSource({"0,9000,10000,2000", "1,9000,10000,2000", "2,9000,10000,5000", "3,9000,10000,7000", "14,9000,10000,11000",
        "0,9000,5000,1000"})
    void whatAProcessInheritedIsNotChargedAgain(int seconds, int inherited, int estcpu, int charged) {
        host.load = 2 * 2048;
        host.tick = 1000;
        task.setEstcpu(inherited);
        StubTask first = new StubTask("2.1", 43, 2);
        scheduler.forked(task, first);
        StubTask second = new StubTask("2.2", 43, 2);
        scheduler.forked(first, second);
        for (StubTask last : List.of(first, second)) {
            task.setEstcpu(1000);
            last.setEstcpu(estcpu);
            host.tick = 1000 + 100L * seconds;
            scheduler.processExited(task, last);
            assertEquals(charged, task.estcpu(), 1, "whose last LWP was " + last);
        }
    }

    @Test
    void aCpuThatHasNoQuantumGetsOneWhenTheSchedulerIsAttached() {
        host.cpu(0).setTicks(0);
        host.cpu(1).setTicks(3);
        new FourBsd().attach(host);
        assertEquals(10, host.cpu(0).ticks());
        assertEquals(3, host.cpu(1).ticks(), "of a task that runs over a swap");
    }

    @Test
    void niceMovesThePriority() {
        scheduler.nice(task, 30);
        assertEquals(30, task.nice());
        assertEquals(33, task.priority());
    }

    @Test
    void anImportedEstimateIsCapped() {
        TaskRecord record = new TaskRecord();
        record.estcpu = 200_000;
        scheduler.importTask(task, record);
        assertEquals(Estimate.MAX, task.estcpu());
        assertEquals(43, task.priority());
    }
}
