// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static itest.support.Kernels.active;
import static itest.support.Kernels.assertSound;
import static itest.support.Kernels.assertSucceeded;
import static itest.support.Kernels.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import itest.plugin.AddCall;
import itest.plugin.FirstComeScheduler;
import itest.support.Bundles;
import itest.support.PluginJar;
import itest.support.ServedProgram;
import itest.support.Shell;
import itest.workload.Busy;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.KernelFactory;
import kernel.lwp.proc.Proc;
import kernel.sched.policy.Scheduler;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import org.apache.felix.service.command.CommandProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;
import userland.program.Programs;

/** Bundles that nobody here has heard of bring variants and system calls, and take them away again. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class ThirdPartyIT {
    private static final int EVENTS = 2_000;
    private static final String PLUGIN = "itest.plugin.scheduler";

    @InjectBundleContext
    BundleContext context;
    @InjectService
    KernelFactory factory;
    @InjectService
    Programs programs;
    @InjectService
    CommandProcessor processor;

    @Test
    void aSchedulerCanBeUsedUpdatedAndUninstalled() throws Exception {
        AtomicBoolean goOn = new AtomicBoolean(true);
        WeakReference<ClassLoader> loader;
        Proc process;
        try (ServedProgram program = new ServedProgram(context, programs, new Busy(goOn::get));
                Kernel kernel = factory.boot(KernelConfig.standard().withSched("m2").withCpus(3).withSeed(4))) {
            process = program.spawn(kernel);
            run(kernel);
            Bundle plugin = install(PLUGIN, scheduler("1.0.0"));
            plugin.start();
            assertTrue(variants(kernel).contains("first-come " + PLUGIN + " 1.0.0"), variants(kernel).toString());
            use(kernel, "sched", "first-come");
            run(kernel);

            try (InputStream next = scheduler("1.1.0").open()) {
                plugin.update(next);
            }
            assertEquals("1.1.0", plugin.getVersion().toString());
            assertEquals("first-come", active(kernel, "sched"), "what was chosen is back after the update");
            run(kernel);

            loader = Bundles.loader(plugin);
            plugin.uninstall();
            new Bundles(context).refresh(plugin);
            assertEquals("m2", active(kernel, "sched"), "the one before is the fallback");
            assertTrue(variants(kernel).stream().noneMatch(variant -> variant.startsWith("first-come")),
                    variants(kernel).toString());
            assertEquals(List.of(), Bundles.kept(List.of(loader)), "class loader of the uninstalled bundle is kept");
            run(kernel);
            goOn.set(false);
            assertEquals(RunOutcome.Reason.QUIESCENT, kernel.run(RunLimit.none()).reason());
            assertSucceeded(kernel, process);
        }
    }

    @Test
    void aSystemCallIsThereAsLongAsItsBundle() throws Exception {
        try (Shell shell = new Shell(processor)) {
            shell.type("boot");
            shell.type("spawn puppet");
            assertTrue(shell.fail("sys 1 itest_add 2 3").contains("itest_add"));
            Bundle plugin = install("itest.plugin.call", new PluginJar("itest.plugin.call", "1.0.0",
                    "org.osgi.framework,kernel.vm.syscall").withActivator(AddCall.class));
            plugin.start();
            assertNotNull(factory.syscalls().find("itest_add"));
            assertEquals("1.1 itest_add(2, 3) = 5", shell.type("sys 1 itest_add 2 3"));
            plugin.stop();
            assertNull(factory.syscalls().find("itest_add"));
            assertTrue(shell.fail("sys 1 itest_add 2 3").contains("itest_add"));
            plugin.uninstall();
        }
    }

    private static PluginJar scheduler(String version) throws Exception {
        return new PluginJar(PLUGIN, version, "kernel.sched.policy,kernel.sched.task")
                .withVariant(FirstComeScheduler.class, Scheduler.class, "sched", "first-come");
    }

    private Bundle install(String name, PluginJar jar) throws Exception {
        try (InputStream in = jar.open()) {
            return context.installBundle(name, in);
        }
    }

    private static void run(Kernel kernel) {
        RunOutcome outcome = kernel.run(RunLimit.events(EVENTS));
        assertEquals(RunOutcome.Reason.LIMIT, outcome.reason(), outcome.message());
        assertSound(kernel);
    }

    private static List<String> variants(Kernel kernel) {
        return kernel.variants().variants("sched").stream()
                .map(info -> info.variant() + " " + info.bundle())
                .toList();
    }
}
