// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kernel.sched.policy.Scheduler;
import kernel.sched.task.CpuMode;
import kernel.sched.task.Task;
import kernel.sched.tck.PlainScheduler;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import machine.core.engine.Cpu;
import machine.core.engine.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatClockTest {
    private static final long US = 1_000;
    private static final long MS = 1_000 * US;
    private static final long SECOND = 1_000 * MS;

    private static String ticks(ToyKernel kernel, int cpu) {
        return Arrays.stream(CpuMode.values()).map(mode -> mode + " " + kernel.dispatcher.ticks(cpu, mode)).toList()
                .toString();
    }

    private static long sum(ToyKernel kernel, int cpu) {
        return Arrays.stream(CpuMode.values()).mapToLong(mode -> kernel.dispatcher.ticks(cpu, mode)).sum();
    }

    /** Kernel code: it lets others run, but is not in user mode. */
    private static void inKernel(ToyKernel kernel, long nanos) {
        for (long done = 0; done < nanos; done += 100 * US) {
            kernel.engine.current().charge(100 * US);
            kernel.engine.current().interleave();
        }
    }

    @Test
    void aTickIsChargedToWhatItInterrupts() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            ToyTask task = kernel.start(() -> {
                kernel.compute(105 * MS);
                inKernel(kernel, 50 * MS);
                kernel.sleep.kpause("nap", 10, false);
                for (int i = 0; i < 100; i++) {
                    kernel.engine.current().chargeUser(MS);
                    kernel.userBoundary();
                }
            });
            kernel.runUntil(505 * MS);
            assertEquals("[USER 20, NICE 0, SYSTEM 5, INTERRUPT 0, IDLE 25]", ticks(kernel, 0));
            assertEquals(20, task.ticks(CpuMode.USER));
            assertEquals(5, task.ticks(CpuMode.SYSTEM));
        }
    }

    @Test
    void aNiceTaskHasTicksOfItsOwnKind() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            ToyTask task = kernel.make(() -> kernel.compute(SECOND));
            kernel.dispatcher.nice(task, 21);
            kernel.dispatcher.setRunnable(task);
            kernel.runUntil(105 * MS);
            assertEquals("[USER 0, NICE 10, SYSTEM 0, INTERRUPT 0, IDLE 0]", ticks(kernel, 0));
            kernel.dispatcher.nice(task, 20);
            kernel.runUntil(205 * MS);
            assertEquals("[USER 10, NICE 10, SYSTEM 0, INTERRUPT 0, IDLE 0]", ticks(kernel, 0));
        }
    }

    @Test
    void aTickInAnInterruptHandlerIsTheInterrupts() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            ToyTask task = kernel.start(() -> kernel.compute(SECOND));
            Timer device = new Timer() {
                @Override
                protected void expire(Cpu cpu) {
                    cpu.charge(2 * MS);
                }
            };
            kernel.engine.arm(device, kernel.engine.cpu(0), 49 * MS);
            kernel.runUntil(95 * MS);
            assertEquals("[USER 8, NICE 0, SYSTEM 0, INTERRUPT 1, IDLE 0]", ticks(kernel, 0));
            assertEquals(1, task.ticks(CpuMode.INTERRUPT));
        }
    }

    /** Tasks that sleep and wake all over the ticks, with an interrupt handler now and then. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void allTicksAreCountedOnce(int seed) {
        try (ToyKernel kernel = new ToyKernel(2, seed)) {
            for (int i = 0; i < 3; i++) {
                int pause = 1 + i * seed % 4;
                kernel.start(() -> {
                    while (true) {
                        kernel.compute((3 + seed) * MS / pause);
                        inKernel(kernel, 700 * US * pause);
                        kernel.sleep.kpause("nap", pause, false);
                    }
                });
            }
            for (int check = 1; check <= 20; check++) {
                kernel.runUntil(check * 97 * MS);
                for (int cpu = 0; cpu < 2; cpu++) {
                    long missing = kernel.dispatcher.tick() - sum(kernel, cpu);
                    // A tick that is due just now may not be taken yet.
                    assertTrue(missing == 0 || missing == 1, "cpu " + cpu + " lacks " + missing + " of "
                            + kernel.dispatcher.tick() + " ticks: " + ticks(kernel, cpu));
                }
            }
        }
    }

    @Test
    void theShareOfACpuIsTheOriginals() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            ToyTask hog = kernel.start(() -> kernel.compute(10 * SECOND));
            for (int second = 1; second <= 5; second++) {
                kernel.runUntil(second * SECOND - MS);
                int before = hog.percentCpu();
                int ticks = hog.cpuTicks();
                kernel.runUntil(second * SECOND + MS);
                // The tick of that very time may come before or after the statistics.
                ticks += hog.cpuTicks() == 0 ? 1 : 0;
                assertEquals((before * 1948 >> 11) + (100 * (ticks * 2048 / 100) >> 11), hog.percentCpu(),
                        "after " + second + " s");
            }
            assertTrue(hog.percentCpu() > 440, "share " + hog.percentCpu());
        }
    }

    /** The scheduler is asked before the share is counted, so it sees that of the second before (sched_pstats). */
    @Test
    void theSchedulerSeesTheShareOfTheSecondBefore() {
        List<Integer> seen = new ArrayList<>();
        Scheduler curious = new PlainScheduler() {
            @Override
            public void pstats(Task task, boolean batch) {
                seen.add(task.percentCpu());
            }
        };
        try (ToyKernel kernel = new ToyKernel(1, 1, () -> curious, "curious")) {
            ToyTask hog = kernel.start(() -> kernel.compute(10 * SECOND));
            kernel.runUntil(SECOND + MS);
            int first = hog.percentCpu();
            kernel.runUntil(2 * SECOND + MS);
            assertEquals(List.of(0, first), seen);
            assertTrue(first > 90, "share " + first);
        }
    }

    @Test
    void theTicksOfATaskThatSleepsAtTheSecondWaitForOneInWhichItRuns() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            ToyTask task = kernel.start(() -> {
                kernel.compute(500 * MS);
                kernel.sleep.kpause("nap", 60, false);
                kernel.compute(SECOND);
            });
            kernel.runUntil(SECOND + MS);
            assertEquals(0, task.percentCpu());
            assertTrue(task.cpuTicks() >= 49);
            kernel.runUntil(2 * SECOND + MS);
            assertTrue(task.percentCpu() >= 136, "share " + task.percentCpu());
            assertEquals(0, task.cpuTicks());
        }
    }
}
