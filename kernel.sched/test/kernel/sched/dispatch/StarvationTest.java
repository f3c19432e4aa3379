// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import kernel.sched.tck.PlainScheduler;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the watchdog calls starvation. */
class StarvationTest {
    private static final long SECOND = 1_000_000_000L;

    /** Never picks the task with lid 2. */
    private static final class Unkind extends PlainScheduler {
        @Override
        public Task pickNext(CpuState cpu) {
            Task picked = super.pickNext(cpu);
            if (picked == null || picked.lid() != 2) {
                return picked;
            }
            super.enqueue(picked, false);
            Task other = super.pickNext(cpu);
            if (other == picked) {
                super.enqueue(picked, false);
                return null;
            }
            return other;
        }
    }

    @ParameterizedTest
    @CsvSource({
        // priority and nice value of who runs, and of who waits, its boost, how long; found
        "43,20, 43,20,false,8, false", "43,20, 44,20,false,8, true", "43,20, 44,20,false,5, false",
        "43,20, 44,21,false,8, false", "43,21, 44,21,false,8, true", "43,22, 44,21,false,8, true",
        "43,20, 43,20,true,8, false", "43,20, 44,20,true,8, true", "140,20, 63,20,true,8, false"
    })
    void passedOver(int running, int runningNice, int waiting, int nice, boolean boosted, int seconds, boolean found) {
        try (ToyKernel kernel = new ToyKernel(1, 1, Unkind::new, "unkind")) {
            ToyTask hog = kernel.make(() -> kernel.compute(60 * SECOND));
            ToyTask victim = kernel.make(() -> kernel.compute(SECOND));
            hog.setPriority(running);
            hog.setNice(runningNice);
            victim.setPriority(waiting);
            victim.setNice(nice);
            victim.setKernelPriority(boosted);
            kernel.dispatcher.setRunnable(hog);
            kernel.dispatcher.setRunnable(victim);
            kernel.runUntil(seconds * SECOND + SECOND / 2);
            assertEquals(found ? 1 : 0, kernel.dispatcher.slot().guard().evictions());
        }
    }

    @ParameterizedTest
    @CsvSource({"5,0", "7,1"})
    void anIdleCpuIsNoExcuse(int seconds, int evictions) {
        try (ToyKernel kernel = new ToyKernel(1, 1, Unkind::new, "unkind")) {
            kernel.start(() -> kernel.compute(SECOND / 100));
            ToyTask victim = kernel.make(() -> kernel.compute(SECOND));
            victim.setNice(40);
            kernel.dispatcher.setRunnable(victim);
            kernel.runUntil(seconds * SECOND + SECOND / 2);
            assertEquals(evictions, kernel.dispatcher.slot().guard().evictions());
        }
    }
}
