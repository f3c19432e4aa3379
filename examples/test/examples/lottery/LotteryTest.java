// SPDX-License-Identifier: BSD-2-Clause
package examples.lottery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.reflect.Proxy;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import machine.core.engine.Engine;
import machine.core.engine.EngineConfig;
import org.junit.jupiter.api.Test;

class LotteryTest {
    private static final class Stub extends Task {
        @Override
        public int pid() {
            return 1;
        }

        @Override
        public int lid() {
            return 1;
        }
    }

    @Test
    void theTaskWithTheDrawnTicketRuns() {
        try (Engine engine = new Engine(EngineConfig.standard().withCpus(1))) {
            CpuState cpu = new CpuState(engine.cpu(0));
            for (int drawn = 0; drawn < 6; drawn++) {
                Lottery scheduler = new Lottery();
                scheduler.attach(host(cpu, drawn));
                Task first = queued(scheduler, cpu, 1);
                Task second = queued(scheduler, cpu, 3);
                assertEquals(2, scheduler.runnable(cpu));
                assertEquals(drawn < 2 ? first : second, scheduler.pickNext(cpu), "ticket " + drawn);
                assertEquals(drawn < 2 ? second : first, scheduler.pickNext(cpu));
                assertNull(scheduler.pickNext(cpu));
            }
        }
    }

    private static Task queued(Lottery scheduler, CpuState cpu, int priority) {
        Task task = new Stub();
        task.setCpu(cpu);
        task.setPriority(priority);
        scheduler.enqueue(task, false);
        return task;
    }

    /** A host of one CPU whose random number is given; what this test does not need answers null. */
    private static SchedulerHost host(CpuState cpu, long drawn) {
        return (SchedulerHost) Proxy.newProxyInstance(SchedulerHost.class.getClassLoader(),
                new Class<?>[] {SchedulerHost.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "cpuCount" -> 1;
                    case "cpu", "currentCpu" -> cpu;
                    case "random" -> drawn;
                    default -> null;
                });
    }
}
