// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.eevdf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.task.CpuSet;
import kernel.sched.task.CpuState;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;
import kernel.sched.toy.FakeHost;
import kernel.sched.toy.StubTask;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalancerTest {
    private static final long SECOND = 1_000_000_000L;
    private final FakeHost host = new FakeHost(4);
    private final Eevdf scheduler = new Eevdf();
    private int made;

    @BeforeEach
    void attach() {
        scheduler.attach(host);
        host.requests.clear();
    }

    @AfterEach
    void close() {
        host.close();
    }

    private StubTask queued(int cpu) {
        StubTask task = new StubTask(cpu + "." + made, 43);
        task.setSerial(made++);
        task.setCpu(host.cpu(cpu));
        scheduler.enqueue(task, false);
        return task;
    }

    /** Has a CPU run one task of its queue. */
    private Task running(int cpu) {
        Task first = scheduler.pickNext(host.cpu(cpu));
        host.cpu(cpu).setCurrent(first, first.effectivePriority());
        host.cpu(cpu).clearFlag(CpuState.IDLE);
        return first;
    }

    private String moves() {
        host.requests.clear();
        scheduler.timeout();
        assertTrue(host.requests.removeLast().startsWith("callout "));
        return String.join(" ", host.requests);
    }

    /** How many tasks of the same weight each CPU has; one move in each turn, from the busiest to the one with the least. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"1 1 1 1|''", "2 1 1 1|0.1>cpu1", "2 2 1 2|3.6>cpu2", "3 4 2 2|1.4>cpu2", "2 2 2 2|''"})
    void theBusiestGivesToTheLeastLoaded(String loads, String expected) {
        String[] load = loads.split(" ");
        for (int cpu = 0; cpu < 4; cpu++) {
            for (int i = 0; i < Integer.parseInt(load[cpu]); i++) {
                queued(cpu);
            }
            running(cpu);
        }
        host.tick = 5;
        assertEquals(expected, moves());
    }

    /** A heavy task stays where a move would only make the other one the busiest, by more. */
    @Test
    void aMoveMustNotMakeItWorse() {
        for (int cpu = 0; cpu < 4; cpu++) {
            queued(cpu);
            running(cpu);
        }
        StubTask heavy = queued(0);
        assertEquals("0.4>cpu1", moves());
        scheduler.nice(host.cpu(1).current(), 15);
        scheduler.nice(host.cpu(2).current(), 15);
        scheduler.nice(host.cpu(3).current(), 18);
        assertEquals("", moves(), "cpu3 has more than half of what cpu0 has");
        scheduler.nice(heavy, 30);
        assertEquals("", moves(), "less than 17 percent apart");
    }

    @Test
    void bindingAffinityAndOfflineCpusAreObeyed() {
        queued(0);
        running(0);
        queued(0).setBound(true);
        queued(0).setAffinity(CpuSet.of(0, 3));
        StubTask free = queued(0);
        host.cpu(1).setFlag(CpuState.OFFLINE);
        host.busy(3, 43);
        assertEquals(free + ">cpu2", moves());
    }

    /** However little else there is to do. */
    @Test
    void nobodyIsSentBehindARealTimeTask() {
        queued(0);
        running(0);
        queued(0);
        queued(0);
        for (int cpu = 1; cpu < 4; cpu++) {
            host.busy(cpu, 140);
            host.cpu(cpu).current().setSchedClass(SchedClass.FIFO);
        }
        assertEquals("", moves());
        host.cpu(2).current().setSchedClass(SchedClass.OTHER);
        assertEquals("0.1>cpu2", moves());
    }

    /** Seventeen percent more than the other: the nicest task, with a weight of 15, stays where it is. */
    @Test
    void aLittleMoreIsNotWorthAMove() {
        for (int cpu = 0; cpu < 4; cpu++) {
            queued(cpu);
            running(cpu);
        }
        StubTask light = queued(0);
        scheduler.nice(light, 40);
        assertEquals("", moves());
        scheduler.nice(light, 28);
        assertEquals("", moves(), "172 more than 1024");
        scheduler.nice(light, 27);
        assertEquals("0.4>cpu1", moves(), "215 more");
    }

    @Test
    void itTakesTurnsEverySixteenMillisecondsForEachCpuAndCanBeSwitchedOff() {
        scheduler.timeout();
        assertEquals(List.of("callout 6"), host.requests);
        queued(0);
        running(0);
        queued(0);
        scheduler.tune("balance", 0);
        assertEquals("", moves());
        assertEquals(0, scheduler.tunables().getFirst().value());
        scheduler.tune("balance", 1);
        assertEquals("0.1>cpu1", moves());
    }

    @Test
    void threeHogsTakeTurnsOnTwoCpus() {
        try (ToyKernel kernel = new ToyKernel(2, 3, Eevdf::new, "eevdf").checked()) {
            List<ToyTask> hogs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                hogs.add(kernel.start(() -> kernel.compute(100 * SECOND)));
            }
            kernel.runUntil(60 * SECOND);
            for (ToyTask hog : hogs) {
                long seconds = hog.accounting().runNanos() / SECOND;
                assertTrue(seconds >= 36 && seconds <= 44, hog + " ran " + seconds + " s of 40");
            }
            assertEquals(List.of(), kernel.broken);
        }
    }
}
