// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.ule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kernel.sched.task.CpuSet;
import kernel.sched.toy.FakeHost;
import kernel.sched.toy.StubTask;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalancerTest {
    private static final long SECOND = 1_000_000_000L;
    private final FakeHost host = new FakeHost(4);
    private final Ule scheduler = new Ule();

    @AfterEach
    void close() {
        host.close();
    }

    private StubTask queued(String name, int cpu) {
        StubTask task = new StubTask(name, 30);
        task.setCpu(host.cpu(cpu));
        scheduler.enqueue(task, false);
        return task;
    }

    /** How many tasks each CPU has, the running ones included, and who has to go where; the host moves nobody. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1 1 1 1 |",
        "2 1 1 1 | 0.1>cpu1",
        "0 2 1 1 | 1.1>cpu0",
        "4 3 1 0 | 0.1>cpu3 1.1>cpu3",
        "3 3 0 0 | 0.1>cpu2 1.1>cpu2",
    })
    void eachCrowdedCpuGivesOneToTheLeastLoaded(String loads, String moves) {
        scheduler.attach(host);
        host.requests.clear();
        String[] load = loads.split(" ");
        for (int cpu = 0; cpu < 4; cpu++) {
            for (int i = 0; i < Integer.parseInt(load[cpu]); i++) {
                if (i == 0) {
                    host.busy(cpu, 30);
                } else {
                    queued(cpu + "." + i, cpu);
                }
            }
        }
        scheduler.timeout();
        List<String> made = new ArrayList<>(host.requests);
        assertTrue(made.removeLast().startsWith("callout "), host.requests.toString());
        assertEquals(moves == null ? List.of() : Arrays.asList(moves.split(" ")), made);
        scheduler.tune("balance", 0);
        host.requests.clear();
        scheduler.timeout();
        assertEquals(1, host.requests.size(), "only the next callout");
    }

    /** A CPU that is about to run the only task it has gives it to nobody. */
    @Test
    void whoHasOneTaskKeepsIt() {
        scheduler.attach(host);
        host.requests.clear();
        queued("alone", 2);
        scheduler.timeout();
        assertEquals(1, host.requests.size(), host.requests.toString());
    }

    @Test
    void affinityIsObeyed() {
        scheduler.attach(host);
        host.busy(0, 30);
        StubTask bound = queued("bound", 0);
        bound.setBound(true);
        StubTask picky = queued("picky", 0);
        picky.setAffinity(CpuSet.of(0, 3));
        host.requests.clear();
        scheduler.timeout();
        assertEquals("picky>cpu3", host.requests.getFirst());
    }

    @Test
    void theNextTurnIsHalfToOneAndAHalfSecondsAway() {
        scheduler.attach(host);
        assertEquals(List.of("callout 54"), host.requests);
    }

    @Test
    void threeHogsTakeTurnsOnTwoCpus() {
        try (ToyKernel kernel = new ToyKernel(2, 3, Ule::new, "ule").checked()) {
            List<ToyTask> hogs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                hogs.add(kernel.start(() -> kernel.compute(100 * SECOND)));
            }
            kernel.runUntil(60 * SECOND);
            for (ToyTask hog : hogs) {
                long seconds = hog.accounting().runNanos() / SECOND;
                assertTrue(seconds >= 35 && seconds <= 45, hog + " ran " + seconds + " s of 40");
            }
            assertEquals(List.of(), kernel.broken);
        }
    }
}
