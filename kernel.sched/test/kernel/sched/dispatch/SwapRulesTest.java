// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.task.CpuSet;
import kernel.sched.task.SchedClass;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What crosses a swap, for each pair of schedulers in each direction: the table of docs/scheduler.md. */
class SwapRulesTest {
    private static final int ESTCPU = 9_000;

    private static void use(ToyKernel kernel, String scheduler) {
        kernel.mustSwap(ToyKernel.variant(scheduler).get(), scheduler);
    }

    /** A task of priority 30 and nice 22, with an estimate of 9000 or a history that stands for it, and a quarter of a CPU. */
    private static ToyTask task(ToyKernel kernel, String scheduler) {
        ToyTask task = kernel.make(() -> { });
        task.setEstcpu(ESTCPU);
        use(kernel, scheduler);
        kernel.dispatcher.nice(task, 22);
        kernel.dispatcher.changePriority(task, 30);
        task.setEstcpu(scheduler.equals("ule") ? 1 : ESTCPU);
        task.setPercentCpu(512);
        task.setSliceTicks(4);
        task.setSleepSeconds(1);
        task.setBatch(true);
        task.setAffinity(CpuSet.of(0));
        return task;
    }

    /** The estimate: its own, the one of the priority (63 - 22 - 30 steps), the share of the history, the share of a CPU. */
    @ParameterizedTest
    @CsvSource({
        "4bsd,m2,9000,9", "4bsd,ule,9000,4", "4bsd,eevdf,9000,4",
        "m2,4bsd,22528,4", "m2,ule,22528,4", "m2,eevdf,22528,4",
        "ule,4bsd,9000,4", "ule,m2,9000,9", "ule,eevdf,9000,4",
        "eevdf,4bsd,9216,4", "eevdf,m2,9216,9", "eevdf,ule,9216,4"
    })
    void estimateAndSlice(String from, String to, int estcpu, int slice) {
        try (ToyKernel kernel = new ToyKernel(2, 1)) {
            ToyTask task = task(kernel, from);
            use(kernel, to);
            assertEquals(estcpu, task.estcpu(), 1);
            assertEquals(slice, task.sliceTicks());
            assertEquals(30, task.priority());
            assertEquals(22, task.nice());
            assertEquals(SchedClass.OTHER, task.schedClass());
            assertEquals(1, task.sleepSeconds());
            assertTrue(task.batch());
            assertEquals(CpuSet.of(0), task.affinity());
            assertEquals(0, task.cpu().id());
        }
    }

    /** Into ule and out again, the history gives back the estimate that made it. */
    @ParameterizedTest
    @CsvSource({"4bsd,9000", "m2,22528", "eevdf,9216"})
    void aHistoryOfFiveSecondsStandsForTheEstimate(String from, int estcpu) {
        try (ToyKernel kernel = new ToyKernel(2, 1)) {
            ToyTask task = task(kernel, from);
            use(kernel, "ule");
            task.setEstcpu(1);
            use(kernel, "4bsd");
            assertEquals(estcpu, task.estcpu(), 1);
        }
    }

    /** Real-time tasks keep all, and a real-time slice where there is one. */
    @ParameterizedTest
    @CsvSource({"4bsd,m2,10", "m2,4bsd,4", "ule,m2,10", "eevdf,m2,10", "m2,ule,4", "m2,eevdf,4"})
    void realTime(String from, String to, int slice) {
        try (ToyKernel kernel = new ToyKernel(2, 1)) {
            ToyTask task = task(kernel, from);
            kernel.dispatcher.setClass(task, SchedClass.RR, 140);
            int before = task.estcpu();
            use(kernel, to);
            assertEquals(slice, task.sliceTicks());
            assertEquals(140, task.priority());
            assertEquals(SchedClass.RR, task.schedClass());
            assertTrue(from.equals("eevdf") || from.equals("ule") || before == task.estcpu());
        }
    }
}
