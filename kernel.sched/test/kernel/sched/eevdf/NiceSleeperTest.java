// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.eevdf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import org.junit.jupiter.api.Test;

/** The nicest task among many waits for seconds, which is its share and no starvation, though a sleep has boosted it. */
class NiceSleeperTest {
    private static final long MS = 1_000_000;

    @Test
    void itsLongWaitIsNotTakenForStarvation() {
        try (ToyKernel kernel = new ToyKernel(1, 3, Eevdf::new, "eevdf").checked()) {
            for (int i = 0; i < 25; i++) {
                kernel.start(() -> kernel.compute(1_000_000 * MS));
            }
            ToyTask nice = kernel.make(() -> {
                while (true) {
                    kernel.compute(9 * MS);
                    kernel.sleep.kpause("nap", 1, false);
                }
            });
            kernel.dispatcher.nice(nice, 40);
            kernel.dispatcher.setRunnable(nice);
            kernel.runUntil(120_000 * MS);
            assertEquals(List.of(), kernel.engine.evictions().reports().stream().map(r -> r.message()).toList());
            assertTrue(nice.accounting().wakeupLatency().max() > 8_000 * MS, "it never waits: " + nice.accounting().wakeupLatency().max());
            assertEquals("eevdf", kernel.dispatcher.slot().active());
        }
    }
}
