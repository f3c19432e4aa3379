// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.fourbsd.FourBsd;
import kernel.sched.policy.TaskRecord;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import kernel.sched.tck.PlainScheduler;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import kernel.sched.ule.Ule;
import machine.core.slot.SwapException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The neutral record: who fills it, adjusts it and reads it, and what a rollback makes of it. */
class SwapRecordTest {
    private static final long MS = 1_000_000;

    /** Adjusts what it exports, keeps data of its own, and throws after some tasks. */
    private static final class Exporter extends PlainScheduler {
        private int left;

        Exporter(int left) {
            this.left = left;
        }

        @Override
        public void forked(Task parent, Task child) {
            child.setSchedulerData("mine");
        }

        @Override
        public void exportTask(Task task, TaskRecord record) {
            if (left-- == 0) {
                throw new IllegalStateException("no more");
            }
            task.setEstcpu(99);
            task.setSliceTicks(99);
            task.setBatch(true);
            record.estcpu = 777;
            record.sliceTicks = 3;
            record.batch = false;
        }

        @Override
        public void importTask(Task task, TaskRecord record) {
            task.setSchedulerData("mine again");
        }
    }

    @Test
    void whatTheOldSchedulerAdjustsReachesTheTaskAndItsDataDoesNot() {
        try (ToyKernel kernel = new ToyKernel(1, 1, () -> new Exporter(100), "exporter")) {
            ToyTask task = kernel.start(() -> kernel.compute(100 * MS));
            assertEquals("mine", task.schedulerData());
            kernel.mustSwap(new FourBsd(), "4bsd");
            assertEquals(777, task.estcpu());
            assertEquals(3, task.sliceTicks());
            assertFalse(task.batch());
            assertNull(task.schedulerData());
        }
    }

    /** The old scheduler fails at the third task; those it gave up already come back, and everybody ends. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5})
    void whoFailsWhileItGivesUpGetsBackWhatItGave(int given) {
        try (ToyKernel kernel = new ToyKernel(1, 1, () -> new Exporter(given), "exporter").checked()) {
            for (int i = 0; i < 6; i++) {
                kernel.start(() -> kernel.compute(10 * MS));
            }
            kernel.runUntil(MS);
            List<String> before = picture(kernel);
            SwapException refused = assertThrows(SwapException.class, () -> kernel.swap(new FourBsd(), "4bsd"));
            assertTrue(refused.getMessage().contains("no more"), refused.getMessage());
            assertEquals(before, picture(kernel));
            assertEquals(List.of(), Invariants.check(kernel.dispatcher));
            kernel.run();
            kernel.tasks.forEach(task -> assertEquals(TaskState.LSZOMB, task.state()));
            assertEquals(List.of(), kernel.broken);
        }
    }

    private static List<String> picture(ToyKernel kernel) {
        List<String> picture = new ArrayList<>();
        kernel.dispatcher.forEachQueued(kernel.dispatcher.cpu(0), task -> picture.add("" + task));
        kernel.tasks.forEach(task -> picture.add(task + " " + task.estcpu() + " " + task.sliceTicks() + " " + task.batch()));
        return picture;
    }

    /** Where the old scheduler made new data for a task that came back, they stay; else the task has its old ones. */
    @Test
    void aRefusedSwapGivesTheDataBack() {
        PlainScheduler refusing = new PlainScheduler() {
            @Override
            public void importTask(Task task, TaskRecord record) {
                throw new IllegalStateException("not this one");
            }
        };
        try (ToyKernel kernel = new ToyKernel(1, 1, () -> new Exporter(100), "exporter")) {
            ToyTask task = kernel.start(() -> kernel.compute(100 * MS));
            assertThrows(SwapException.class, () -> kernel.swap(refusing, "refusing"));
            assertEquals("mine again", task.schedulerData());
        }
        try (ToyKernel kernel = new ToyKernel(1, 1, Ule::new, "ule")) {
            ToyTask task = kernel.start(() -> kernel.compute(100 * MS));
            kernel.runUntil(50 * MS);
            assertNotNull(task.schedulerData());
            int estimate = task.estcpu();
            assertThrows(SwapException.class, () -> kernel.swap(refusing, "refusing"));
            assertNotNull(task.schedulerData());
            assertEquals(estimate, task.estcpu());
        }
    }

    @Test
    void aRecordForgetsWhatItHeld() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            ToyTask task = kernel.start(() -> { });
            TaskRecord record = new TaskRecord();
            record.capture(task);
            assertSame(task.cpu(), record.cpu);
            assertEquals(TaskState.LSRUN, record.state);
            record.clear();
            assertNull(record.cpu);
            assertNull(record.state);
        }
    }
}
