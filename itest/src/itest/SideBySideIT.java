// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static itest.support.Kernels.assertSucceeded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import itest.support.ServedProgram;
import itest.workload.Busy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.KernelConfig.Contexts;
import kernel.lwp.kernel.KernelFactory;
import kernel.lwp.proc.Proc;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import machine.core.slot.SwapReport;
import machine.core.slot.SwapRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;
import userland.program.Programs;

/** A kernel does the same whoever runs beside it and however its LWPs are suspended on the host. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class SideBySideIT {
    private static final long SLICE_NANOS = 3_000_000;
    private static final int SEEDS = 4;

    @InjectBundleContext
    BundleContext context;
    @InjectService
    KernelFactory factory;
    @InjectService
    Programs programs;

    @Test
    void kernelsDoNotDisturbEachOther() throws Exception {
        List<String> alone = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            alone.add(hash(seed, Contexts.PREFERRED));
        }
        assertEquals(SEEDS, alone.stream().distinct().count(), "different seeds have different logs");
        try (ExecutorService hosts = Executors.newFixedThreadPool(2 * SEEDS)) {
            List<Callable<String>> runs = new ArrayList<>();
            for (int i = 0; i < 2 * SEEDS; i++) {
                int seed = i % SEEDS;
                runs.add(() -> hash(seed, Contexts.PREFERRED));
            }
            List<String> together = new ArrayList<>();
            for (Future<String> run : hosts.invokeAll(runs)) {
                together.add(run.get());
            }
            List<String> expected = new ArrayList<>(alone);
            expected.addAll(alone);
            assertEquals(expected, together);
        }
    }

    @Test
    void bothContextHostsGiveTheSameLog() {
        assertEquals(hash(11, Contexts.CONTINUATION), hash(11, Contexts.VIRTUAL_THREAD));
        assertNotEquals(hash(12, Contexts.CONTINUATION), hash(11, Contexts.CONTINUATION));
    }

    /** Runs a busy process through three swaps to its end, and returns the hash of the event log. */
    private String hash(long seed, Contexts contexts) {
        // The program asks between two inputs of ours only, so the answer is the same every time.
        boolean[] goOn = {true};
        Busy busy = new Busy(() -> goOn[0]);
        KernelConfig config = KernelConfig.standard().withCpus(4).withSeed(seed).withContexts(contexts);
        try (Kernel kernel = factory.boot(config)) {
            Proc process = spawn(kernel, busy);
            for (SwapRequest request : List.of(new SwapRequest("sched", "4bsd"), new SwapRequest("machine", "aarch64"),
                    new SwapRequest("lwp", "1.47"))) {
                run(kernel);
                assertEquals(SwapReport.COMMITTED, kernel.swap(List.of(request)).outcome());
            }
            run(kernel);
            goOn[0] = false;
            assertEquals(RunOutcome.Reason.QUIESCENT, kernel.run(RunLimit.none()).reason());
            assertSucceeded(kernel, process);
            return kernel.ask(engine -> engine.events().hashText());
        }
    }

    private Proc spawn(Kernel kernel, Busy busy) {
        // Several kernels have a program of the same name, each its own; one at a time gets hold of it.
        synchronized (programs) {
            try (ServedProgram program = new ServedProgram(context, programs, busy)) {
                return program.spawn(kernel);
            }
        }
    }

    private static void run(Kernel kernel) {
        long until = kernel.ask(engine -> engine.nowNanos()) + SLICE_NANOS;
        assertEquals(RunOutcome.Reason.LIMIT, kernel.run(RunLimit.until(until)).reason());
    }
}
