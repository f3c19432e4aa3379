// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.task.CpuState;
import kernel.sched.task.Generation;
import kernel.sched.task.Task;
import kernel.sched.tck.PlainScheduler;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** resched_cpu: who asks a CPU to give way, and how strongly; a task of priority 43 runs. */
class ReschedTest {
    private static final long MS = 1_000_000;

    @ParameterizedTest
    @CsvSource({
        // generation, kpreempt_pri, priority of who arrives, bits
        "V2020,1000,42,0", "V2020,1000,43,0", "V2020,1000,44,2", "V2020,1000,223,2",
        "V2020,128,127,2", "V2020,128,128,4", "V2020,128,43,0",
        "V2009,1000,43,0", "V2009,1000,44,1", "V2009,1000,63,1", "V2009,1000,64,2", "V2009,128,127,2", "V2009,128,128,4"
    })
    void strength(Generation generation, int kernelPreemption, int priority, int bits) {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            kernel.dispatcher.setGeneration(generation);
            kernel.dispatcher.tunables().set("kpreempt_pri", kernelPreemption);
            kernel.start(() -> kernel.compute(100 * MS));
            kernel.runUntil(5 * MS);
            CpuState cpu = kernel.dispatcher.cpu(0);
            assertEquals(43, cpu.currentPriority());
            kernel.dispatcher.resched().priorityArrived(cpu, priority);
            assertEquals(bits, cpu.reschedBits());
        }
    }

    @Test
    void anIdleCpuIsToldWhateverArrives() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            kernel.dispatcher.resched().priorityArrived(kernel.dispatcher.cpu(0), 0);
            assertEquals(CpuState.RESCHED_IDLE | CpuState.RESCHED_UPREEMPT, kernel.dispatcher.cpu(0).reschedBits());
        }
    }

    @ParameterizedTest
    @CsvSource({"1,2,3", "2,1,3", "4,1,5"})
    void requestsAreMerged(int first, int second, int both) {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            kernel.start(() -> kernel.compute(100 * MS));
            kernel.runUntil(5 * MS);
            CpuState cpu = kernel.dispatcher.cpu(0);
            kernel.dispatcher.resched().request(cpu, first);
            kernel.dispatcher.resched().request(cpu, second);
            assertEquals(both, cpu.reschedBits());
        }
    }

    /** The scheduler is asked where to go on for whoever was told to give way, not for whoever yields or is to migrate. */
    @Test
    void onlyThePreemptedMayBeSentElsewhere() {
        List<String> asked = new ArrayList<>();
        PlainScheduler curious = new PlainScheduler() {
            @Override
            public CpuState preempted(Task task) {
                asked.add(task.label());
                return null;
            }
        };
        try (ToyKernel kernel = new ToyKernel(2, 1, () -> curious, "curious").checked()) {
            ToyTask task = kernel.start(() -> {
                kernel.dispatcher.yield();
                kernel.compute(100 * MS);
            });
            kernel.runUntil(5 * MS);
            assertEquals(List.of(), asked);
            CpuState there = kernel.dispatcher.cpu(1 - task.cpu().id());
            kernel.dispatcher.migrate(task, there);
            kernel.runUntil(10 * MS);
            assertEquals(there, task.cpu());
            assertEquals(List.of(), asked);
            kernel.dispatcher.resched().request(there, CpuState.RESCHED_UPREEMPT);
            kernel.runUntil(15 * MS);
            assertEquals(List.of("1.1"), asked);
            assertEquals(List.of(), kernel.broken);
        }
    }
}
