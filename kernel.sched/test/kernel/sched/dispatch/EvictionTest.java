// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.sched.fourbsd.FourBsd;
import kernel.sched.task.CpuState;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;
import kernel.sched.tck.PlainScheduler;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import machine.core.engine.RunOutcome;
import machine.core.watchdog.EvictionReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A scheduler that misbehaves is replaced at once, wherever it fails. */
class EvictionTest {
    private static final long MS = 1_000_000;

    /** Works for a while, then breaks one rule. */
    private static final class Rogue extends PlainScheduler {
        private final String where;
        private int patience = 3;
        private Task last;

        Rogue(String where) {
            this.where = where;
        }

        private boolean misbehave(String callback) {
            return where.startsWith(callback) && --patience < 0;
        }

        private void maybeThrow(String callback) {
            if (misbehave(callback)) {
                throw new IllegalStateException("rogue in " + callback);
            }
        }

        @Override
        public void enqueue(Task task, boolean preempted) {
            maybeThrow("enqueue");
            super.enqueue(task, preempted);
        }

        @Override
        public void dequeue(Task task) {
            maybeThrow("dequeue");
            super.dequeue(task);
        }

        @Override
        public Task pickNext(CpuState cpu) {
            if (misbehave("pickNext")) {
                if (where.endsWith("twice") && last != null) {
                    return last;
                }
                throw new IllegalStateException("rogue in pickNext");
            }
            Task picked = super.pickNext(cpu);
            last = picked == null ? last : picked;
            return picked;
        }

        @Override
        public CpuState selectCpu(Task task) {
            return misbehave("selectCpu") ? null : super.selectCpu(task);
        }

        @Override
        public void tick(CpuState cpu, Task running) {
            maybeThrow("tick");
            super.tick(cpu, running);
        }

        @Override
        public void slept(Task task) {
            maybeThrow("slept");
        }

        @Override
        public void woken(Task task) {
            maybeThrow("woken");
        }

        @Override
        public void runnable(Task task) {
            maybeThrow("runnable");
        }

        @Override
        public void switchedIn(Task task) {
            maybeThrow("switchedIn");
        }
    }

    private static int[] workload(ToyKernel kernel) {
        int[] done = new int[1];
        for (int i = 0; i < 6; i++) {
            int shift = i;
            kernel.start(() -> {
                for (int round = 0; round < 12; round++) {
                    kernel.compute((5 + shift) * MS);
                    kernel.sleep.kpause("nap", 1 + shift % 2, false);
                    ToyTask other = kernel.tasks.get((shift + 1) % 6);
                    kernel.dispatcher.changePriority(other, 20 + round + shift);
                }
                done[0]++;
            });
        }
        return done;
    }

    @ParameterizedTest
    @ValueSource(strings = {"enqueue", "dequeue", "pickNext", "pickNext twice", "selectCpu", "tick", "slept", "woken",
        "runnable", "switchedIn"})
    void theFallbackTakesOverAndNothingIsLost(String where) {
        try (ToyKernel kernel = new ToyKernel(2, 9, () -> new Rogue(where), "rogue").checked()) {
            kernel.dispatcher.slot().guard().fallback((failed, fits) -> ToyKernel.handle(new FourBsd(), "4bsd"));
            int[] done = workload(kernel);
            RunOutcome outcome = kernel.run();
            assertEquals(RunOutcome.Reason.QUIESCENT, outcome.reason(), outcome.message());
            assertEquals(1, kernel.dispatcher.slot().guard().evictions());
            assertEquals("4bsd", kernel.dispatcher.slot().active());
            EvictionReport report = kernel.dispatcher.engine().evictions().reports("sched").getFirst();
            assertEquals("rogue", report.variant());
            assertTrue(report.message().startsWith("scheduler rogue broke a rule in " + where.split(" ")[0] + ": "),
                    report.message());
            assertEquals(6, done[0]);
            assertEquals(List.of(), kernel.broken);
        }
    }

    @Test
    void withoutAFallbackTheKernelHaltsAndSaysWhy() {
        try (ToyKernel kernel = new ToyKernel(2, 9, () -> new Rogue("tick"), "rogue").checked()) {
            int[] done = workload(kernel);
            RunOutcome halted = kernel.run();
            assertEquals(RunOutcome.Reason.HALTED, halted.reason());
            assertTrue(halted.message().contains("scheduler rogue broke a rule in tick"), halted.message());
            assertTrue(halted.message().contains("kernel.slot=sched"), halted.message());
            kernel.mustSwap(new FourBsd(), "4bsd");
            RunOutcome outcome = kernel.run();
            assertEquals(RunOutcome.Reason.QUIESCENT, outcome.reason(), outcome.message());
            assertEquals(6, done[0]);
            assertEquals(List.of(), kernel.broken);
        }
    }

    @Test
    void aFallbackThatFailsTooIsEvictedAsWell() {
        try (ToyKernel kernel = new ToyKernel(2, 9, () -> new Rogue("pickNext"), "rogue")) {
            kernel.dispatcher.slot().guard().fallback((failed, fits) -> !failed.contains("rogue2")
                    ? ToyKernel.handle(new Rogue("enqueue"), "rogue2") : ToyKernel.handle(new FourBsd(), "4bsd"));
            int[] done = workload(kernel);
            RunOutcome outcome = kernel.run();
            assertEquals(RunOutcome.Reason.QUIESCENT, outcome.reason(), outcome.message());
            assertEquals(2, kernel.dispatcher.slot().guard().evictions());
            assertEquals(6, done[0]);
        }
    }

    /** Refuses every task. */
    private static final class Useless extends PlainScheduler {
        @Override
        public void enqueue(Task task, boolean preempted) {
            throw new IllegalStateException("no room");
        }
    }

    @Test
    void fallbacksThatAllFailLeaveTheSlotVacant() {
        try (ToyKernel kernel = new ToyKernel(2, 9, Useless::new, "useless")) {
            kernel.dispatcher.slot().guard().fallback((failed, fits) -> ToyKernel.handle(new Useless(), "useless"));
            int[] done = workload(kernel);
            assertEquals(RunOutcome.Reason.HALTED, kernel.run().reason());
            kernel.mustSwap(new FourBsd(), "4bsd");
            kernel.run();
            assertEquals(6, done[0]);
        }
    }

    @Test
    void wakingAllWorksWithoutAnyScheduler() {
        try (ToyKernel kernel = new ToyKernel(1, 1).checked()) {
            int[] done = new int[1];
            for (int i = 0; i < 5; i++) {
                kernel.start(() -> {
                    kernel.sleep.tsleep(0x100, "wait", 0, false);
                    done[0]++;
                });
            }
            kernel.run();
            kernel.mustSwap(null, null);
            kernel.sleep.wake(kernel.sleep.table().lookup(0x100), 0x100, 2);
            kernel.sleep.wakeup(0x100);
            assertEquals(List.of(), Invariants.check(kernel.dispatcher));
            kernel.mustSwap(new FourBsd(), "4bsd");
            kernel.run();
            assertEquals(5, done[0]);
        }
    }

    /** Breaks the trust in one task, the one with lid 2. */
    private static final class Unfair extends PlainScheduler {
        private final EvictionReport.Kind kind;

        Unfair(EvictionReport.Kind kind) {
            this.kind = kind;
        }

        @Override
        public void enqueue(Task task, boolean preempted) {
            boolean victim = task.lid() == 2;
            if (!victim || kind != EvictionReport.Kind.LOST) {
                super.enqueue(task, preempted);
            }
            if (victim && kind == EvictionReport.Kind.DUPLICATE) {
                super.enqueue(task, preempted);
            }
        }

        @Override
        public Task pickNext(CpuState cpu) {
            Task picked = super.pickNext(cpu);
            if (picked != null && picked.lid() == 2) {
                super.enqueue(picked, false);
                return null;
            }
            return picked;
        }
    }

    @ParameterizedTest
    @EnumSource(value = EvictionReport.Kind.class, names = {"LOST", "DUPLICATE", "STARVED"})
    void theWatchdogFindsAForgottenTaskWithinSeconds(EvictionReport.Kind kind) {
        try (ToyKernel kernel = new ToyKernel(1, 9, () -> new Unfair(kind), "unfair")) {
            kernel.dispatcher.slot().guard().fallback((failed, fits) -> ToyKernel.handle(new FourBsd(), "4bsd"));
            int[] done = new int[1];
            for (int i = 0; i < 2; i++) {
                kernel.start(() -> {
                    kernel.compute(20 * MS);
                    done[0]++;
                });
            }
            kernel.runUntil(8_000 * MS);
            assertEquals("4bsd", kernel.dispatcher.slot().active());
            assertEquals(2, done[0]);
            EvictionReport report = kernel.dispatcher.engine().evictions().reports().getFirst();
            assertEquals(kind, report.kind());
            assertEquals("4bsd", report.successor());
            assertEquals(9, report.seed());
            assertTrue(report.message().contains("task 1.2 waited"), report.message());
            assertTrue(report.atNanos() <= 7_000 * MS, report.atNanos() + " ns");
        }
    }

    @Test
    void theReportOfAnExceptionHasItsStackAndTheLastDecisions() {
        try (ToyKernel kernel = new ToyKernel(2, 9, () -> new Rogue("tick"), "rogue")) {
            kernel.dispatcher.slot().guard().fallback((failed, fits) -> ToyKernel.handle(new FourBsd(), "4bsd"));
            workload(kernel);
            kernel.run();
            EvictionReport report = kernel.dispatcher.engine().evictions().reports().getFirst();
            assertEquals(EvictionReport.Kind.THROW, report.kind());
            assertTrue(report.stack().getFirst().contains("Rogue.maybeThrow"), report.stack().toString());
            assertTrue(report.decisions().getLast().contains(" cpu"), report.decisions().toString());
            assertTrue(report.event() > 0 && report.cpu() >= 0);
        }
    }

    @Test
    void aWorseTaskMayWaitForEverBehindARealTimeOne() {
        try (ToyKernel kernel = new ToyKernel(1, 9)) {
            ToyTask hog = kernel.make(() -> kernel.compute(60_000 * MS));
            hog.setSchedClass(SchedClass.FIFO);
            kernel.dispatcher.changePriority(hog, 150);
            kernel.dispatcher.setRunnable(hog);
            kernel.start(() -> { });
            kernel.runUntil(30_000 * MS);
            assertEquals(0, kernel.dispatcher.slot().guard().evictions());
        }
    }
}
