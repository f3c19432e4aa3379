// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static itest.support.Kernels.assertSound;
import static itest.support.Kernels.assertSucceeded;
import static itest.support.Kernels.use;
import static org.junit.jupiter.api.Assertions.assertEquals;

import itest.support.ServedProgram;
import itest.workload.Crowd;
import java.util.concurrent.atomic.AtomicInteger;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.KernelFactory;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.sched.task.TaskState;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;
import userland.program.Programs;

/** 100,000 parked LWPs keep their sleep while everything below them is replaced. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class ParkedCrowdIT {
    private static final int COUNT = 100_000;

    @InjectBundleContext
    BundleContext context;
    @InjectService
    KernelFactory factory;
    @InjectService
    Programs programs;

    @Test
    void allArePresentAfterEachSwapAndAllWake() {
        KernelConfig config = KernelConfig.standard().withSched("4bsd").withCpus(4).withSeed(5);
        try (ServedProgram program = new ServedProgram(context, programs, new Crowd(COUNT));
                Kernel kernel = factory.boot(config)) {
            Proc process = program.spawn(kernel);
            kernel.run(RunLimit.until(Crowd.OPEN_NANOS - 1));
            assertEquals(COUNT, parked(kernel, process));
            use(kernel, "sched", "m2");
            use(kernel, "machine", "aarch64");
            use(kernel, "lwp", "1.47");
            assertEquals(COUNT, parked(kernel, process));
            assertSound(kernel);
            assertEquals(RunOutcome.Reason.QUIESCENT, kernel.run(RunLimit.none()).reason());
            assertSucceeded(kernel, process);
            assertSound(kernel);
        }
    }

    private static int parked(Kernel kernel, Proc process) {
        AtomicInteger parked = new AtomicInteger();
        kernel.ask(engine -> {
            for (Lwp lwp = process.newestLwp(); lwp != null; lwp = lwp.nextInProcess()) {
                if (lwp.parked() && lwp.state() == TaskState.LSSLEEP) {
                    parked.incrementAndGet();
                }
            }
            return null;
        });
        return parked.get();
    }
}
