// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.policy.TaskRecord;
import kernel.sched.task.Task;
import kernel.sched.tck.PlainScheduler;
import kernel.sched.toy.ToyKernel;
import machine.core.slot.SwapException;
import org.junit.jupiter.api.Test;

/** The callout of a scheduler belongs to it and ends with it. */
class SchedulerCalloutTest {
    private static final long MS = 1_000_000;
    private final List<String> log = new ArrayList<>();

    /** Asks for a callout when it takes over, and again each time it comes. */
    private final class Ticking extends PlainScheduler {
        private final String name;
        private final int ticks;
        private final RuntimeException failure;
        private SchedulerHost core;

        Ticking(String name, int ticks, RuntimeException failure) {
            this.name = name;
            this.ticks = ticks;
            this.failure = failure;
        }

        @Override
        public void attach(SchedulerHost host) {
            super.attach(host);
            core = host;
            host.callAfter(99);
            host.callAfter(ticks);
        }

        @Override
        public void importTask(Task task, TaskRecord record) {
            if (ticks == 0) {
                throw new IllegalStateException("takes nobody");
            }
        }

        @Override
        public void timeout() {
            log.add(name + " at " + core.tick() + " on " + core.currentCpu());
            if (failure != null) {
                throw failure;
            }
            core.callAfter(ticks);
        }
    }

    @Test
    void itComesOnTheFirstCpuAfterTheTicksOfTheLastWish() {
        try (ToyKernel kernel = new ToyKernel(2, 1, () -> new Ticking("a", 3, null), "a")) {
            kernel.runUntil(95 * MS);
            assertEquals(List.of("a at 3 on cpu0", "a at 6 on cpu0", "a at 9 on cpu0"), log);
        }
    }

    @Test
    void aSwapEndsTheOldOneAndStartsTheNewOne() {
        try (ToyKernel kernel = new ToyKernel(1, 1, () -> new Ticking("a", 3, null), "a")) {
            kernel.runUntil(45 * MS);
            kernel.mustSwap(new Ticking("b", 4, null), "b");
            kernel.runUntil(95 * MS);
            // One that never asked must not hear of its predecessor's.
            kernel.mustSwap(new PlainScheduler() {
                @Override
                public void timeout() {
                    log.add("nobody asked");
                }
            }, "plain");
            kernel.runUntil(500 * MS);
            assertEquals(List.of("a at 3 on cpu0", "b at 8 on cpu0"), log);
        }
    }

    @Test
    void aSwapThatFailsLeavesTheOldOneAsItWas() {
        try (ToyKernel kernel = new ToyKernel(1, 1, () -> new Ticking("a", 3, null), "a")) {
            kernel.start(() -> kernel.compute(1000 * MS));
            kernel.runUntil(15 * MS);
            assertThrows(SwapException.class, () -> kernel.swap(new Ticking("b", 0, null), "b"));
            kernel.runUntil(65 * MS);
            assertEquals(List.of("a at 3 on cpu0", "a at 6 on cpu0"), log);
        }
    }

    @Test
    void whoFailsInItIsEvictedAndLosesIt() {
        try (ToyKernel kernel = new ToyKernel(1, 1, () -> new Ticking("a", 3, new IllegalStateException("oops")), "a")) {
            kernel.dispatcher.slot().guard().fallback((failed, fits) -> ToyKernel.handle(new Ticking("b", 5, null), "b"));
            kernel.runUntil(95 * MS);
            assertEquals(List.of("a at 3 on cpu0", "b at 8 on cpu0"), log);
            assertTrue(kernel.dispatcher.engine().evictions().reports("sched").getFirst().message().contains("in timeout: "));
        }
    }

    /** Less than a tick is a tick, for a scheduler that is active as for one that takes over. */
    @Test
    void noCalloutComesInTheTickInWhichItWasAskedFor() {
        SchedulerHost[] core = new SchedulerHost[1];
        PlainScheduler asking = new PlainScheduler() {
            @Override
            public void attach(SchedulerHost host) {
                super.attach(host);
                core[0] = host;
                host.callAfter(-3);
            }

            @Override
            public void timeout() {
                log.add("at " + core[0].tick());
            }
        };
        try (ToyKernel kernel = new ToyKernel(1, 1, () -> asking, "asking")) {
            kernel.start(() -> kernel.compute(1_000_000_000));
            kernel.runUntil(25_000_000);
            core[0].callAfter(0);
            kernel.runUntil(28_000_000);
            assertEquals(List.of("at 1"), log);
            kernel.runUntil(65_000_000);
            assertEquals(List.of("at 1", "at 3"), log);
        }
    }
}
