// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.fourbsd.FourBsd;
import kernel.sched.lock.Mutex;
import kernel.sched.m2.M2;
import kernel.sched.policy.Tunable;
import kernel.sched.task.Generation;
import kernel.sched.task.Priority;
import kernel.sched.task.SchedClass;
import kernel.sched.tck.PlainScheduler;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** kern.sched.*, and what the core's own numbers do. */
class TunablesTest {
    private static final long MS = 1_000_000;

    private static int value(ToyKernel kernel, String name) {
        return kernel.dispatcher.tunables().list().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow()
                .value();
    }

    @ParameterizedTest
    @CsvSource({"4bsd,rtts,100", "m2,rtts,100", "m2,mints,20", "m2,maxts,150", "4bsd,cacheht_time,10",
        "4bsd,skim_interval,10", "4bsd,balance_period,300", "4bsd,min_catch,1", "4bsd,kpreempt_pri,1000"})
    void defaultsAreTheOriginals(String sched, String name, int value) {
        try (ToyKernel kernel = new ToyKernel(1, 1, ToyKernel.variant(sched), sched)) {
            assertEquals(value, value(kernel, name));
        }
    }

    @Test
    void theGenerationDecidesWhatHotMeansAndWhatPreempts() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            kernel.dispatcher.setGeneration(Generation.V2009);
            assertEquals(3, value(kernel, "cacheht_time"));
            assertEquals(64, value(kernel, "upreempt_pri"));
        }
    }

    @ParameterizedTest
    @CsvSource({"mints,5", "mints,150", "maxts,90", "maxts,20", "mints,0", "maxts,1001", "rtts,50", "nothing,1"})
    void m2RefusesSlicesThatDoNotFit(String name, int value) {
        try (ToyKernel kernel = new ToyKernel(1, 1, M2::new, "m2")) {
            List<Tunable> before = kernel.dispatcher.tunables().list();
            String message = assertThrows(IllegalArgumentException.class,
                    () -> kernel.dispatcher.tunables().set(name, value)).getMessage();
            assertTrue(message.contains(name), message);
            assertEquals(before, kernel.dispatcher.tunables().list());
            assertEquals("m2", kernel.dispatcher.slot().active(), "a refusal is no fault");
        }
    }

    @Test
    void newSlicesTakeEffectAndOutliveOtherSchedulers() {
        try (ToyKernel kernel = new ToyKernel(1, 1, M2::new, "m2")) {
            kernel.dispatcher.tunables().set("maxts", 300);
            kernel.dispatcher.tunables().set("mints", 250);
            ToyTask task = kernel.make(() -> { });
            assertTrue(task.sliceTicks() >= 0);
            kernel.mustSwap(new FourBsd(), "4bsd");
            kernel.mustSwap(new M2(), "m2");
            assertEquals(300, value(kernel, "maxts"));
            assertEquals(250, value(kernel, "mints"));
            assertTrue(task.sliceTicks() >= 25, "slices are 250 to 300 ms now, not " + task.sliceTicks() + " ticks");
        }
    }

    @ParameterizedTest
    @CsvSource({"min_catch,0", "cacheht_time,-1", "balance_period,0", "skim_interval,60001", "kpreempt_pri,1001"})
    void boundsAreKept(String name, int value) {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            int before = value(kernel, name);
            assertThrows(IllegalArgumentException.class, () -> kernel.dispatcher.tunables().set(name, value));
            assertEquals(before, value(kernel, name));
        }
    }

    /** What the user has chosen is not set where it is out of bounds, or refused. */
    @Test
    void whatDoesNotGoWithTheNextSchedulerIsLeftOut() {
        List<String> tuned = new ArrayList<>();
        PlainScheduler narrow = new PlainScheduler() {
            @Override
            public List<Tunable> tunables() {
                return List.of(new Tunable("maxts", 5, 1, 199, ""), new Tunable("mints", 5, 1, 199, ""));
            }

            @Override
            public void tune(String name, int value) {
                tuned.add(name + " " + value);
                throw new IllegalArgumentException("not here");
            }
        };
        try (ToyKernel kernel = new ToyKernel(1, 1, M2::new, "m2")) {
            kernel.dispatcher.tunables().set("maxts", 200);
            kernel.dispatcher.tunables().set("mints", 30);
            kernel.mustSwap(narrow, "narrow");
            assertEquals(List.of("mints 30"), tuned);
            kernel.mustSwap(new M2(), "m2");
            assertEquals(200, value(kernel, "maxts"));
        }
    }

    /** A real-time task wakes while another is in the kernel, between two locks. */
    @ParameterizedTest
    @ValueSource(ints = {1000, 128})
    void withKernelPreemptionARealTimeTaskGetsTheCpuAtTheNextLock(int least) {
        try (ToyKernel kernel = new ToyKernel(1, 1).checked()) {
            kernel.dispatcher.tunables().set("kpreempt_pri", least);
            Mutex lock = new Mutex(kernel.sleep, "lock");
            boolean[] ran = new boolean[1];
            boolean[] seen = new boolean[1];
            ToyTask urgent = kernel.make(() -> ran[0] = true);
            kernel.dispatcher.setClass(urgent, SchedClass.FIFO, Priority.USER_RT + 5);
            kernel.start(() -> {
                kernel.dispatcher.setRunnable(urgent);
                assertFalse(ran[0]);
                lock.enter();
                seen[0] = ran[0];
                lock.exit();
            });
            kernel.run();
            assertEquals(least == 128, seen[0]);
            assertTrue(ran[0]);
            assertEquals(List.of(), kernel.broken);
        }
    }
}
