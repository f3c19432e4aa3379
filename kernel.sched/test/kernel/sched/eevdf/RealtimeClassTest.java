// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.eevdf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import kernel.sched.task.CpuState;
import kernel.sched.task.Priority;
import kernel.sched.task.SchedClass;
import kernel.sched.toy.FakeHost;
import kernel.sched.toy.StubTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who goes before the fair tasks, and in which order. */
class RealtimeClassTest {
    private final FakeHost host = new FakeHost(2);
    private final Eevdf scheduler = new Eevdf();
    private final CpuState cpu = host.cpu(0);
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

    private StubTask task() {
        StubTask task = new StubTask("t" + made, 43);
        task.setSerial(made++);
        task.setCpu(cpu);
        return task;
    }

    /** Real-time and kernel tasks, and whoever got such a priority from others, are no part of the average. */
    @ParameterizedTest
    @CsvSource({"0,false,-1,-1,false", "1,false,-1,-1,true", "2,false,-1,-1,true", "0,true,-1,-1,true", "0,false,128,-1,true",
        "0,false,127,-1,false", "0,false,-1,128,true", "0,false,-1,127,false"})
    void whoGoesFirst(int schedClass, boolean system, int inherited, int ceiling, boolean first) {
        StubTask task = task();
        task.setSchedClass(schedClass);
        task.setSystem(system);
        task.setInheritedPriority(inherited);
        task.setProtectPriority(ceiling);
        assertEquals(first, RealtimeClass.has(task));
    }

    private StubTask realtime(int schedClass) {
        StubTask task = task();
        task.setSchedClass(schedClass);
        task.setPriority(Priority.USER_RT + 3);
        return task;
    }

    /** Ticks of a turn of 100 ms; whoever is preempted before goes on first, whoever is asked to give way goes to the tail. */
    @ParameterizedTest
    @CsvSource({"2,9,false", "2,10,true", "1,30,false"})
    void turnsOfRealTime(int schedClass, int ticks, boolean over) {
        StubTask running = realtime(schedClass);
        StubTask equal = realtime(schedClass);
        scheduler.enqueue(running, false);
        scheduler.pickNext(cpu);
        cpu.setCurrent(running, running.effectivePriority());
        scheduler.enqueue(equal, false);
        for (int turn = 0; turn < 2; turn++) {
            host.requests.clear();
            for (int i = 0; i < ticks; i++) {
                scheduler.tick(cpu, running);
            }
            assertEquals(over, !host.requests.isEmpty());
            scheduler.enqueue(running, schedClass == SchedClass.RR);
            if (schedClass == SchedClass.RR) {
                assertSame(over ? equal : running, scheduler.pickNext(cpu));
            }
            if (!over) {
                return;
            }
            scheduler.enqueue(equal, false);
            assertSame(running, scheduler.pickNext(cpu));
        }
    }
}
