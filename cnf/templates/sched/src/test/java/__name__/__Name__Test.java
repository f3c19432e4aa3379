// SPDX-License-Identifier: BSD-2-Clause
package __name__;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.reflect.Proxy;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import machine.core.engine.Engine;
import machine.core.engine.EngineConfig;
import org.junit.jupiter.api.Test;

class __Name__Test {
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
    void tasksComeOutInTheOrderTheyWentIn() {
        Engine engine = new Engine(EngineConfig.standard().withCpus(1));
        CpuState cpu = new CpuState(engine.cpu(0));
        __Name__ scheduler = new __Name__();
        scheduler.attach(host(cpu));
        Task first = queued(scheduler, cpu);
        Task second = queued(scheduler, cpu);
        assertEquals(2, scheduler.runnable(cpu));
        assertSame(first, scheduler.pickNext(cpu));
        assertSame(second, scheduler.pickNext(cpu));
        assertNull(scheduler.pickNext(cpu));
        engine.close();
    }

    private static Task queued(__Name__ scheduler, CpuState cpu) {
        Task task = new Stub();
        task.setCpu(cpu);
        scheduler.enqueue(task, false);
        return task;
    }

    /** A host of one CPU; what this test does not need answers null. */
    private static SchedulerHost host(CpuState cpu) {
        return (SchedulerHost) Proxy.newProxyInstance(SchedulerHost.class.getClassLoader(),
                new Class<?>[] {SchedulerHost.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "cpuCount" -> 1;
                    case "cpu", "currentCpu" -> cpu;
                    default -> null;
                });
    }
}
