// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static itest.support.Kernels.active;
import static itest.support.Kernels.assertSound;
import static itest.support.Kernels.assertSucceeded;
import static itest.support.Kernels.haltReason;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import itest.support.Bundles;
import itest.support.ServedProgram;
import itest.workload.Busy;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.KernelFactory;
import kernel.lwp.proc.Proc;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;
import userland.program.Programs;

/** The last bundle that could fill a slot goes: the kernel stands still, says what it needs, and goes on with it. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class VacantSlotIT {
    private static final int EVENTS = 5_000;

    @InjectBundleContext
    BundleContext context;
    @InjectService
    KernelFactory factory;
    @InjectService
    Programs programs;

    @ParameterizedTest
    @CsvSource({"sched, m2", "machine, aarch64", "lwp, 1.47", "pageout, clock"})
    void theKernelWaitsAndLosesNothing(String slot, String first) throws Exception {
        Map<String, Bundle> providers = new TreeMap<>();
        factory.variants().variants(slot).forEach(v -> providers.put(v.variant(), new Bundles(context).providing(v)));
        Bundle[] all = providers.values().toArray(Bundle[]::new);
        AtomicBoolean goOn = new AtomicBoolean(true);
        try (ServedProgram program = new ServedProgram(context, programs, new Busy(goOn::get));
                Kernel kernel = factory.boot(KernelConfig.standard().withCpus(2).withSeed(3))) {
            Proc process = program.spawn(kernel);
            assertEquals(RunOutcome.Reason.LIMIT, kernel.run(RunLimit.events(EVENTS)).reason());
            try {
                Bundles.stop(all);
                assertVacant(kernel, slot, all);
                // Whichever comes back is the one to go on with: there is no other.
                Bundles.start(providers.get(first));
                assertEquals(first, active(kernel, slot));
                assertNull(haltReason(kernel));
                assertSound(kernel);
                assertEquals(RunOutcome.Reason.LIMIT, kernel.run(RunLimit.events(EVENTS)).reason());
            } finally {
                Bundles.start(all);
            }
            goOn.set(false);
            assertEquals(RunOutcome.Reason.QUIESCENT, kernel.run(RunLimit.none()).reason());
            assertSucceeded(kernel, process);
            assertSound(kernel);
        }
    }

    private static void assertVacant(Kernel kernel, String slot, Bundle... candidates) {
        assertNull(active(kernel, slot));
        assertSound(kernel);
        long before = kernel.ask(engine -> engine.nowNanos());
        RunOutcome outcome = kernel.run(RunLimit.events(EVENTS));
        assertEquals(RunOutcome.Reason.HALTED, outcome.reason());
        assertEquals(before, outcome.nowNanos(), "a kernel that waits lets no time pass");
        assertEquals(haltReason(kernel), outcome.message());
        assertTrue(outcome.message().contains("start") && outcome.message().contains("kernel.slot=" + slot)
                && Stream.of(candidates).anyMatch(bundle -> outcome.message().contains(bundle.getSymbolicName())),
                outcome.message());
    }
}
