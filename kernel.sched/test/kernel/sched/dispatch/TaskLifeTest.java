// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.sched.lock.Mutex;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.task.TaskState;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import machine.core.engine.KernelPanic;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.api.Test;

class TaskLifeTest {
    private static final long MS = 1_000_000;

    @Test
    void whyTellsWhatATaskWaitsFor() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            Mutex mutex = new Mutex(kernel.sleep, "p_lock");
            ToyTask running = kernel.start(() -> {
                mutex.enter();
                kernel.compute(1000 * MS);
            });
            ToyTask blocked = kernel.make(mutex::enter);
            ToyTask timed = kernel.make(() -> kernel.sleep.tsleep(0xabc00, "parked", 30, true));
            ToyTask queued = kernel.make(() -> { });
            ToyTask last = kernel.make(() -> { });
            assertEquals("is being created and was not started yet", kernel.dispatcher.why(last));
            kernel.runUntil(5 * MS);
            for (ToyTask task : List.of(timed, blocked)) {
                task.setPriority(60);
                kernel.dispatcher.setRunnable(task);
            }
            kernel.runUntil(20 * MS);
            kernel.dispatcher.setRunnable(queued);
            kernel.dispatcher.setRunnable(last);
            kernel.runUntil(21 * MS);
            assertTrue(kernel.dispatcher.why(running).startsWith("is running on cpu0 at priority"),
                    kernel.dispatcher.why(running));
            assertEquals("is runnable on cpu0 at priority 43, behind 1 task; 1.1 runs there at priority "
                    + kernel.dispatcher.cpu(0).currentPriority(), kernel.dispatcher.why(last));
            String why = kernel.dispatcher.why(blocked);
            assertTrue(why.contains("asleep on \"p_lock\" (mutex") && why.contains("held by 1.1"), why);
            why = kernel.dispatcher.why(timed);
            assertTrue(why.contains("\"parked\" (sleep 0xabc00) since 0.00") && why.contains("timeout at 0.3")
                    && why.endsWith(", interruptible"), why);
        }
    }

    @Test
    void aRunningTaskMigratesAtItsNextSwitch() {
        try (ToyKernel kernel = new ToyKernel(3, 1).checked()) {
            ToyTask task = kernel.start(() -> kernel.compute(100 * MS));
            kernel.runUntil(15 * MS);
            int target = (task.cpu().id() + 1) % 3;
            kernel.dispatcher.migrate(task, kernel.dispatcher.cpu(target));
            kernel.runUntil(40 * MS);
            assertEquals(target, task.cpu().id());
            assertEquals(TaskState.LSONPROC, task.state());
            kernel.run();
            assertEquals(TaskState.LSZOMB, task.state());
            assertEquals(List.of(), kernel.broken);
        }
    }

    @Test
    void theUserBoundaryIsReachedWithoutGivingWay() {
        try (ToyKernel kernel = new ToyKernel(2, 1)) {
            ToyTask task = kernel.make(() -> assertTrue(kernel.engine.current().computeUser(50 * MS) > 0));
            kernel.dispatcher.setRunnable(task);
            kernel.runUntil(5 * MS);
            kernel.dispatcher.needUserret(task);
            kernel.runUntil(6 * MS);
            assertEquals(TaskState.LSZOMB, task.state());
            assertEquals(0, task.accounting().involuntarySwitches());
            assertEquals(0, kernel.dispatcher.cpu(task.cpu().id()).reschedBits());
        }
    }

    @Test
    void freeingATaskForgetsIt() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            ToyTask done = kernel.start(() -> { });
            ToyTask never = kernel.make(() -> { });
            ToyTask alive = kernel.start(() -> kernel.sleep.tsleep(0x100, "wait", 0, false));
            kernel.run();
            assertEquals(3, kernel.dispatcher.taskCount());
            kernel.dispatcher.unregister(done);
            never.become(TaskState.LSZOMB);
            kernel.dispatcher.unregister(never);
            assertEquals(1, kernel.dispatcher.taskCount());
            KernelPanic panic = assertThrows(KernelPanic.class, () -> kernel.dispatcher.unregister(alive));
            assertTrue(panic.getMessage().contains("LSSLEEP"), panic.getMessage());
        }
    }

    @Test
    void illegalWakeUpsNameTheirRule() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            ToyTask zombie = kernel.start(() -> { });
            kernel.run();
            assertTrue(assertThrows(KernelPanic.class, () -> kernel.dispatcher.setRunnable(zombie)).getMessage()
                    .startsWith("setrunnable rule"));
            ToyTask queued = kernel.start(() -> { });
            assertThrows(KernelPanic.class, () -> kernel.dispatcher.setRunnable(queued));
            assertThrows(KernelPanic.class, () -> kernel.dispatcher.unsleep(queued));
            assertThrows(KernelPanic.class, () -> kernel.dispatcher.changePriority(queued, 224));
            assertEquals(RunOutcome.Reason.QUIESCENT, kernel.run().reason());
        }
    }

    @Test
    void leavingTheBodyWithoutExitIsABrokenRule() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            ToyTask task = kernel.make(() -> { });
            task.setContext(kernel.engine.contexts().create(() -> { }));
            kernel.dispatcher.setRunnable(task);
            RunOutcome outcome = kernel.run();
            assertEquals(RunOutcome.Reason.PANICKED, outcome.reason());
            assertTrue(outcome.message().contains("ended without exit"), outcome.message());
        }
    }

    @Test
    void theCheckerSeesEachKindOfDamage() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            ToyTask asleep = kernel.start(() -> kernel.sleep.tsleep(0x100, "wait", 0, false));
            kernel.run();
            SleepQueue queue = kernel.sleep.table().lookup(0x100);
            ToyTask queued = kernel.start(() -> { });
            assertEquals(List.of(), Invariants.check(kernel.dispatcher));
            asleep.setWaitChannel(0);
            assertRule(kernel, "I7");
            asleep.setWaitChannel(0x100);
            queue.remove(asleep);
            assertRule(kernel, "I8");
            queued.setPriority(12);
            assertRule(kernel, "I6");
            queued.setPriority(43);
            queued.become(TaskState.LSONPROC);
            assertRule(kernel, "I6");
        }
    }

    private static void assertRule(ToyKernel kernel, String rule) {
        List<String> broken = Invariants.check(kernel.dispatcher);
        assertFalse(broken.isEmpty());
        assertTrue(broken.stream().anyMatch(text -> text.startsWith(rule)), rule + " not in " + broken);
    }
}
