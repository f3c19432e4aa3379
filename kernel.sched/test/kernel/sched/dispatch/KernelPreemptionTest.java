// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.sched.lock.SpinMutex;
import kernel.sched.task.CpuState;
import kernel.sched.task.Priority;
import kernel.sched.task.SchedClass;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** kpreempt: what preempts in the kernel, and what forbids it; the boost of the kernel ends at the user boundary. */
class KernelPreemptionTest {
    private static final long MS = 1_000_000;

    private static void mustEnd(ToyKernel kernel) {
        RunOutcome outcome = kernel.run();
        assertEquals(RunOutcome.Reason.QUIESCENT, outcome.reason(), outcome.message());
    }

    /** Whoever arrives while a task is in the kernel gets the CPU at the next point only if its priority asks for that. */
    @ParameterizedTest
    @CsvSource({"1000,223,false", "128,127,false", "128,128,true", "60,60,true", "60,59,false"})
    void onlyWhatTheNumberNames(int least, int priority, boolean preempts) {
        try (ToyKernel kernel = new ToyKernel(1, 1).checked()) {
            kernel.dispatcher.tunables().set("kpreempt_pri", least);
            boolean[] ran = new boolean[1];
            ToyTask urgent = kernel.make(() -> ran[0] = true);
            urgent.setPriority(priority);
            kernel.start(() -> {
                kernel.dispatcher.setRunnable(urgent);
                kernel.dispatcher.kernelPreemptionPoint();
                assertEquals(preempts, ran[0]);
            });
            mustEnd(kernel);
            assertTrue(ran[0]);
            assertEquals(List.of(), kernel.broken);
        }
    }

    @Test
    void nobodyIsPreemptedWhileItHoldsASpinMutex() {
        try (ToyKernel kernel = new ToyKernel(1, 1).checked()) {
            kernel.dispatcher.tunables().set("kpreempt_pri", 128);
            SpinMutex spin = new SpinMutex(kernel.dispatcher, "held");
            boolean[] ran = new boolean[1];
            ToyTask urgent = kernel.make(() -> ran[0] = true);
            urgent.setPriority(140);
            kernel.start(() -> {
                spin.enter();
                kernel.dispatcher.setRunnable(urgent);
                kernel.dispatcher.kernelPreemptionPoint();
                assertFalse(ran[0]);
                spin.exit();
                kernel.dispatcher.kernelPreemptionPoint();
                assertTrue(ran[0]);
            });
            mustEnd(kernel);
            assertEquals(List.of(), kernel.broken);
        }
    }

    /** The end of a turn of round robin asks strongly, which without kernel preemption waits for the user boundary. */
    @ParameterizedTest
    @ValueSource(ints = {1000, 128})
    void turnsEndInTheKernelOnlyWithKernelPreemption(int least) {
        try (ToyKernel kernel = new ToyKernel(1, 1).checked()) {
            kernel.dispatcher.tunables().set("kpreempt_pri", least);
            boolean[] ran = new boolean[1];
            boolean[] seen = new boolean[1];
            for (int i = 0; i < 2; i++) {
                boolean first = i == 0;
                ToyTask task = kernel.make(() -> {
                    ran[0] |= !first;
                    for (int step = 0; first && step < 150; step++) {
                        kernel.engine.current().charge(MS);
                        kernel.engine.current().interleave();
                        kernel.dispatcher.kernelPreemptionPoint();
                    }
                    seen[0] = first ? ran[0] : seen[0];
                });
                kernel.dispatcher.setClass(task, SchedClass.RR, Priority.USER_RT + 3);
                kernel.dispatcher.setRunnable(task);
            }
            mustEnd(kernel);
            assertEquals(least == 128, seen[0]);
            assertEquals(List.of(), kernel.broken);
        }
    }

    @Test
    void theBoostEndsAtTheUserBoundaryAndWithGivingWay() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            kernel.start(() -> {
                CpuState cpu = kernel.dispatcher.here();
                cpu.current().setKernelPriority(true);
                cpu.setCurrent(cpu.current(), cpu.current().effectivePriority());
                assertEquals(85, cpu.currentPriority());
                kernel.dispatcher.toUser();
                assertEquals(43, cpu.currentPriority());
                for (Runnable way : List.<Runnable>of(kernel.dispatcher::preempt, kernel.dispatcher::yield)) {
                    cpu.current().setKernelPriority(true);
                    way.run();
                    assertFalse(cpu.current().kernelPriority());
                    assertEquals(43, cpu.currentPriority());
                }
            });
            mustEnd(kernel);
        }
    }
}
