// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.KernelFactory;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.TraceListener;
import kernel.lwp.proc.Tracing;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;
import userland.program.Programs;

/** A bundle hears of the LWPs of traced processes as long as its listener is registered. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class TraceListenerIT {
    @InjectBundleContext
    BundleContext context;
    @InjectService
    KernelFactory factory;
    @InjectService
    Programs programs;

    @Test
    void aListenerHearsOfTracedProcessesOnly() {
        List<String> heard = new ArrayList<>();
        TraceListener listener = event -> heard.add(event.kind() + " " + event.pid() + "." + event.lid());
        try (Kernel kernel = factory.boot(KernelConfig.standard().withLwp("1.84"))) {
            ServiceRegistration<TraceListener> registration =
                    context.registerService(TraceListener.class, listener, null);
            hog(kernel, 0);
            assertEquals(List.of(), heard);
            int pid = hog(kernel, Tracing.TRACED | Tracing.LWP_CREATE | Tracing.LWP_EXIT);
            String lwp = pid + "." + (pid + 1);
            assertEquals(List.of("LWP_CREATE " + lwp, "LWP_EXIT " + lwp), heard);
            registration.unregister();
            hog(kernel, Tracing.TRACED | Tracing.LWP_CREATE | Tracing.LWP_EXIT);
            assertEquals(2, heard.size());
        }
    }

    /** A process with a second LWP, from its start to its end; returns its pid. */
    private int hog(Kernel kernel, int flags) {
        Proc process = programs.spawn(kernel, "hog", List.of("10ms", "2"), 0, null);
        kernel.ask(engine -> {
            kernel.processes().tracing().trace(process, flags);
            return null;
        });
        kernel.run(RunLimit.none());
        return process.pid();
    }
}
