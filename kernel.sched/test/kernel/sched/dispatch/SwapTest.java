// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kernel.sched.fourbsd.FourBsd;
import kernel.sched.lock.CondVar;
import kernel.sched.lock.Mutex;
import kernel.sched.m2.M2;
import kernel.sched.policy.Scheduler;
import kernel.sched.policy.TaskRecord;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import kernel.sched.tck.PlainScheduler;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import machine.core.slot.SwapException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwapTest {
    private static final long MS = 1_000_000;
    /** Every ordered pair of variants follows one another. */
    private static final List<String> ORDER = List.of("4bsd", "m2", "4bsd", "ule", "4bsd", "eevdf", "m2", "ule", "m2",
            "eevdf", "ule", "eevdf");

    /** Ping-pong over a condition variable, hogs, sleepers and forks; returns when all have ended. */
    private static int[] workload(ToyKernel kernel) {
        int[] done = new int[1];
        Mutex mutex = new Mutex(kernel.sleep, "ball");
        CondVar moved = new CondVar(kernel.sleep, "ball");
        int[] ball = new int[1];
        for (int player = 0; player < 3; player++) {
            int me = player;
            kernel.start(() -> {
                for (int i = 0; i < 20; i++) {
                    mutex.enter();
                    while (ball[0] % 3 != me) {
                        moved.await(mutex);
                    }
                    ball[0]++;
                    moved.broadcast();
                    mutex.exit();
                    kernel.compute((1 + 2 * me) * MS);
                }
                done[0]++;
            });
        }
        for (int i = 0; i < 3; i++) {
            kernel.start(() -> {
                kernel.compute(60 * MS);
                kernel.sleep.kpause("nap", 2, false);
                kernel.compute(60 * MS);
                kernel.start(() -> {
                    kernel.compute(10 * MS);
                    done[0]++;
                });
                done[0]++;
            });
        }
        return done;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void swappingAtEveryEventLosesNothing(int cpus) {
        try (ToyKernel kernel = new ToyKernel(cpus, 11).checked()) {
            int[] done = workload(kernel);
            int swaps = 0;
            RunOutcome outcome = kernel.engine.run(RunLimit.events(1));
            while (outcome.reason() == RunOutcome.Reason.LIMIT) {
                swaps++;
                String next = ORDER.get(swaps % ORDER.size());
                kernel.mustSwap(ToyKernel.variant(next).get(), next);
                assertEquals(List.of(), Invariants.check(kernel.dispatcher));
                outcome = kernel.engine.run(RunLimit.events(1));
            }
            assertEquals(RunOutcome.Reason.QUIESCENT, outcome.reason(), outcome.message());
            assertEquals(List.of(), kernel.broken);
            assertEquals(9, done[0]);
            assertTrue(swaps > 60, "only " + swaps + " swaps, " + kernel.engine.events().count() + " events");
        }
    }

    @ParameterizedTest
    @CsvSource({"4bsd,1", "4bsd,4", "m2,1", "m2,4", "ule,1", "ule,4", "eevdf,1", "eevdf,4"})
    void everyVariantRunsTheWorkloadToItsEnd(String name, int cpus) {
        try (ToyKernel kernel = new ToyKernel(cpus, 5, ToyKernel.variant(name), name).checked()) {
            int[] done = workload(kernel);
            RunOutcome outcome = kernel.run();
            assertEquals(RunOutcome.Reason.QUIESCENT, outcome.reason(), outcome.message());
            assertEquals(name, kernel.dispatcher.slot().active());
            assertEquals(9, done[0]);
            assertEquals(List.of(), kernel.broken);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"m2", "ule", "eevdf"})
    void theSameRunHasTheSameHash(String name) {
        assertEquals(hash(42, name), hash(42, name));
        assertTrue(hash(42, name) != hash(43, name));
    }

    private static long hash(long seed, String name) {
        try (ToyKernel kernel = new ToyKernel(4, seed)) {
            workload(kernel);
            kernel.runUntil(50 * MS);
            kernel.mustSwap(ToyKernel.variant(name).get(), name);
            kernel.run();
            return kernel.engine.events().hash();
        }
    }

    @Test
    void withoutASchedulerTheKernelHaltsAndGoesOnLater() {
        try (ToyKernel kernel = new ToyKernel(2, 11).checked()) {
            int[] done = workload(kernel);
            kernel.runUntil(33 * MS);
            kernel.mustSwap(null, null);
            RunOutcome halted = kernel.runUntil(500 * MS);
            assertEquals(RunOutcome.Reason.HALTED, halted.reason());
            assertEquals("no scheduler: start a bundle that provides kernel.slot=sched, for example kernel.sched.fourbsd",
                    halted.message());
            assertNull(kernel.dispatcher.slot().active());
            ToyTask late = kernel.start(() -> done[0]++);
            assertEquals(TaskState.LSRUN, late.state());
            assertTrue(kernel.dispatcher.why(late).contains("no scheduler"), kernel.dispatcher.why(late));
            assertEquals(List.of(), Invariants.check(kernel.dispatcher));
            kernel.mustSwap(new M2(), "m2");
            RunOutcome outcome = kernel.run();
            assertEquals(RunOutcome.Reason.QUIESCENT, outcome.reason(), outcome.message());
            assertEquals(10, done[0]);
            assertEquals(List.of(), kernel.broken);
        }
    }

    /** A scheduler that fails while it takes tasks over. */
    private static final class Refusing extends PlainScheduler {
        private int left = 4;

        @Override
        public void enqueue(Task task, boolean preempted) {
            if (left-- == 0) {
                throw new IllegalStateException("no room");
            }
            super.enqueue(task, preempted);
        }
    }

    /** A scheduler that keeps one task for itself. */
    private static final class Losing extends PlainScheduler {
        private boolean lost;

        @Override
        public void enqueue(Task task, boolean preempted) {
            if (!lost) {
                lost = true;
                return;
            }
            super.enqueue(task, preempted);
        }
    }

    @ParameterizedTest
    @CsvSource({"refusing,no room", "losing,has 8 queued tasks after taking 9"})
    void aFailedSwapChangesNothing(String kind, String reason) {
        try (ToyKernel kernel = new ToyKernel(1, 11).checked()) {
            int[] done = workload(kernel);
            for (int i = 0; i < 4; i++) {
                kernel.start(() -> {
                    kernel.compute(5 * MS);
                    done[0]++;
                });
            }
            kernel.runUntil(1 * MS);
            List<String> before = picture(kernel);
            Scheduler bad = kind.equals("losing") ? new Losing() : new Refusing();
            SwapException refused = assertThrows(SwapException.class, () -> kernel.swap(bad, "bad"));
            assertTrue(refused.getMessage().contains(reason), refused.getMessage());
            assertEquals("4bsd", kernel.dispatcher.slot().active());
            assertEquals(before, picture(kernel));
            assertEquals(List.of(), Invariants.check(kernel.dispatcher));
            kernel.run();
            assertEquals(13, done[0]);
        }
    }

    @Test
    void runningTasksKeepTheirSlice() {
        try (ToyKernel kernel = new ToyKernel(1, 1, M2::new, "m2")) {
            kernel.start(() -> kernel.compute(500 * MS));
            kernel.runUntil(35 * MS);
            int left = kernel.dispatcher.cpu(0).ticks();
            kernel.mustSwap(new FourBsd(), "4bsd");
            assertEquals(left, kernel.dispatcher.cpu(0).ticks());
            assertTrue(left > 0);
        }
    }

    /** The slice left of a running task is what its CPU has left. */
    @Test
    void theSliceOfARunningTaskIsInItsRecord() {
        int[] slice = new int[1];
        PlainScheduler curious = new PlainScheduler() {
            @Override
            public void importTask(Task task, TaskRecord record) {
                slice[0] = record.sliceTicks;
            }
        };
        try (ToyKernel kernel = new ToyKernel(1, 1, M2::new, "m2")) {
            kernel.start(() -> kernel.compute(500 * MS));
            kernel.runUntil(35 * MS);
            int left = kernel.dispatcher.cpu(0).ticks();
            kernel.mustSwap(curious, "curious");
            assertEquals(left, slice[0]);
            assertEquals(4, left, "of the seven of priority 43");
        }
    }

    @Test
    void m2ExportsAnEstimateThatKeepsThePriority() {
        try (ToyKernel kernel = new ToyKernel(1, 1, M2::new, "m2")) {
            ToyTask task = kernel.make(() -> { });
            kernel.dispatcher.changePriority(task, 30);
            TaskRecord record = new TaskRecord();
            record.capture(task);
            new M2().exportTask(task, record);
            assertEquals(13 * 2048, record.estcpu);
        }
    }

    @Test
    void tenThousandTasksCrossInOrder() {
        try (ToyKernel kernel = new ToyKernel(4, 1)) {
            for (int i = 0; i < 10_000; i++) {
                ToyTask task = kernel.make(() -> { });
                task.setPriority(i % 60);
                kernel.dispatcher.setRunnable(task);
            }
            List<Task> before = queued(kernel);
            kernel.mustSwap(new M2(), "m2");
            assertTrue(before.equals(queued(kernel)), "m2 has them in another order");
            kernel.mustSwap(new FourBsd(), "4bsd");
            assertTrue(before.equals(queued(kernel)), "4bsd has them in another order");
            assertEquals(10_000, before.size());
        }
    }

    private static List<Task> queued(ToyKernel kernel) {
        List<Task> queued = new ArrayList<>();
        for (int i = 0; i < kernel.dispatcher.cpuCount(); i++) {
            kernel.dispatcher.forEachQueued(kernel.dispatcher.cpu(i), queued::add);
        }
        return queued;
    }

    private static List<String> picture(ToyKernel kernel) {
        List<String> picture = new ArrayList<>();
        Consumer<Task> add = task -> picture.add(task + " " + task.priority() + " " + task.cpu() + " " + task.state());
        for (int i = 0; i < kernel.dispatcher.cpuCount(); i++) {
            CpuState cpu = kernel.dispatcher.cpu(i);
            picture.add(cpu + ": " + cpu.current() + " " + kernel.dispatcher.runnable(cpu));
            kernel.dispatcher.forEachQueued(cpu, add);
        }
        kernel.dispatcher.forEachTask(task -> picture.add(task + " " + task.priority() + " " + task.sliceTicks()));
        return picture;
    }
}
