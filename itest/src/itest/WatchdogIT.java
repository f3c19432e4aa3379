// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static itest.support.Kernels.active;
import static itest.support.Kernels.assertSound;
import static itest.support.Kernels.assertSucceeded;
import static itest.support.Kernels.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import itest.plugin.Fault;
import itest.plugin.FirstComeScheduler;
import itest.plugin.HangingScheduler;
import itest.support.AlertWatchdog;
import itest.support.PluginJar;
import itest.support.ServedProgram;
import itest.workload.Busy;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.KernelFactory;
import kernel.lwp.proc.Proc;
import kernel.sched.policy.Scheduler;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import machine.core.slot.SwapReport;
import machine.core.slot.SwapRequest;
import machine.core.watchdog.EvictionReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;
import userland.program.Programs;

/** A scheduler that does not come back is interrupted and evicted, and its kernel goes on. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class WatchdogIT {
    private static final String PLUGIN = "itest.plugin.hanging";

    @InjectBundleContext
    BundleContext context;
    @InjectService
    KernelFactory factory;
    @InjectService
    Programs programs;

    private final AtomicBoolean goOn = new AtomicBoolean(true);
    private Bundle plugin;
    private AlertWatchdog watchdog;

    @BeforeEach
    void install() throws Exception {
        PluginJar jar = new PluginJar(PLUGIN, "1.0.0", "kernel.sched.policy,kernel.sched.task")
                .with(FirstComeScheduler.class)
                .withVariant(HangingScheduler.class, Scheduler.class, "sched", "hanging");
        try (InputStream in = jar.open()) {
            plugin = context.installBundle(PLUGIN, in);
        }
        plugin.start();
        watchdog = new AlertWatchdog(Fault.AT_WORK);
    }

    @AfterEach
    void uninstall() throws Exception {
        System.clearProperty(HangingScheduler.HANG);
        watchdog.close();
        plugin.uninstall();
    }

    private Kernel boot(KernelConfig.Contexts contexts) {
        Kernel kernel = factory.boot(KernelConfig.standard().withSched("m2").withCpus(2).withSeed(4)
                .withContexts(contexts));
        watchdog.add(kernel.engine().watch());
        return kernel;
    }

    @ParameterizedTest
    @CsvSource({
        "enqueue, enqueue", "dequeue, dequeue", "pickNext, pickNext", "steal, steal", "selectCpu, selectCpu",
        "preempted, preempted", "tick, tick", "schedclock, schedclock", "pstats, pstats", "slept, slept",
        "woken, woken", "runnable, runnable", "count, selectCpu", "switchedIn, switchedIn", "forked, forked"
    })
    void everyCallbackIsInterrupted(String hanging, String reported) throws Exception {
        evicts(hanging + " loop", reported, EvictionReport.Kind.OVERDUE, KernelConfig.Contexts.PREFERRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loop", "swallow", "sleep", "lock", "host", "tree"})
    void everyWayToHangIsInterrupted(String how) throws Exception {
        evicts("slept " + how, "slept", EvictionReport.Kind.OVERDUE, KernelConfig.Contexts.PREFERRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loop", "sleep"})
    void alsoOnVirtualThreads(String how) throws Exception {
        evicts("slept " + how, "slept", EvictionReport.Kind.OVERDUE, KernelConfig.Contexts.VIRTUAL_THREAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"slept", "tick"})
    void deepRecursionNeedsNoWatchdog(String callback) throws Exception {
        evicts(callback + " recursion", callback, EvictionReport.Kind.THROW, KernelConfig.Contexts.PREFERRED);
    }

    private void evicts(String hang, String callback, EvictionReport.Kind kind, KernelConfig.Contexts contexts)
            throws Exception {
        try (ServedProgram program = new ServedProgram(context, programs, new Busy(goOn::get));
                Kernel kernel = boot(contexts)) {
            Proc process = program.spawn(kernel);
            kernel.run(RunLimit.events(1_000));
            use(kernel, "sched", "hanging");
            kernel.run(RunLimit.events(1_000));
            System.setProperty(HangingScheduler.HANG, hang);
            Proc late = program.spawn(kernel);
            kernel.act("another priority", engine -> {
                kernel.dispatcher().forEachTask(task -> kernel.dispatcher().changePriority(task, 20));
                return null;
            });
            for (int i = 0; i < 400 && active(kernel, "sched").equals("hanging"); i++) {
                kernel.run(RunLimit.events(2_000));
            }
            List<EvictionReport> reports = kernel.ask(engine -> kernel.dispatcher().engine().evictions().reports());
            assertEquals(1, reports.size(), hang);
            assertReport(kernel, reports.getFirst(), callback, kind);
            assertEquals("m2", active(kernel, "sched"));
            assertSound(kernel);
            goOn.set(false);
            assertEquals(RunOutcome.Reason.QUIESCENT, kernel.run(RunLimit.none()).reason());
            assertSucceeded(kernel, process);
            assertSucceeded(kernel, late);
        }
    }

    private static void assertReport(Kernel kernel, EvictionReport report, String callback, EvictionReport.Kind kind) {
        assertEquals(kind, report.kind(), report.message());
        assertEquals("hanging", report.variant());
        assertTrue(report.message().contains("in " + callback + ":"), report.message());
        assertTrue(report.stack().stream().anyMatch(frame -> frame.contains("HangingScheduler")), report.stack().toString());
        assertEquals(4, report.seed());
        if (kind == EvictionReport.Kind.OVERDUE) {
            assertTrue(kernel.thread().recording().stream().anyMatch(record -> record.line().startsWith("OVERDUE")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"attach", "importTask"})
    void aSwapToAHangingSchedulerIsRefused(String callback) throws Exception {
        try (Kernel kernel = boot(KernelConfig.Contexts.PREFERRED)) {
            System.setProperty(HangingScheduler.HANG, callback + " loop");
            try (ServedProgram program = new ServedProgram(context, programs, new Busy(goOn::get))) {
                Proc process = program.spawn(kernel);
                SwapReport report = kernel.swap(List.of(new SwapRequest("sched", "hanging")));
                assertTrue(report.outcome().contains("did not come back"), report.outcome());
                assertEquals("m2", active(kernel, "sched"));
                goOn.set(false);
                kernel.run(RunLimit.none());
                assertSucceeded(kernel, process);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exportTask", "forEachQueued"})
    void aSwapFromAHangingSchedulerIsRefused(String callback) throws Exception {
        try (ServedProgram program = new ServedProgram(context, programs, new Busy(goOn::get));
                Kernel kernel = boot(KernelConfig.Contexts.PREFERRED)) {
            Proc process = program.spawn(kernel);
            use(kernel, "sched", "hanging");
            System.setProperty(HangingScheduler.HANG, callback + " loop");
            SwapReport report = kernel.swap(List.of(new SwapRequest("sched", "4bsd")));
            assertTrue(report.outcome().contains("did not come back"), report.outcome());
            System.clearProperty(HangingScheduler.HANG);
            use(kernel, "sched", "4bsd");
            goOn.set(false);
            kernel.run(RunLimit.none());
            assertSucceeded(kernel, process);
        }
    }
}
