// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static itest.support.Kernels.assertSound;
import static itest.support.Kernels.assertSucceeded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import itest.plugin.Fault;
import itest.plugin.MisbehavingGuests;
import itest.support.AlertWatchdog;
import itest.support.Bundles;
import itest.support.PluginJar;
import itest.support.ServedProgram;
import itest.support.Shell;
import itest.workload.Busy;
import itest.workload.Caller;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.KernelFactory;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.Tracing;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import machine.core.watchdog.EvictionReport;
import machine.core.watchdog.EvictionReport.Kind;
import org.apache.felix.service.command.CommandProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
import shell.command.CurrentKernel;
import userland.program.Programs;

/** Programs, system calls, listeners and commands of bundles that do not come back: neither kernel nor shell hangs. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class GuestIT {
    private static final String PLUGIN = "itest.plugin.guests";
    private static final int SIGABRT = 6;
    private static final int SIGKILL = 9;

    @InjectBundleContext
    BundleContext context;
    @InjectService
    KernelFactory factory;
    @InjectService
    Programs programs;
    @InjectService
    CommandProcessor processor;
    @InjectService
    CurrentKernel current;

    private final AtomicBoolean goOn = new AtomicBoolean(true);
    private final AlertWatchdog watchdog = new AlertWatchdog(Fault.AT_WORK);
    private Bundle plugin;

    @BeforeEach
    void install() throws Exception {
        Class<?> guests = MisbehavingGuests.class;
        PluginJar jar = new PluginJar(PLUGIN, "1.0.0",
                "org.osgi.framework,kernel.lwp.proc,kernel.vm.syscall,shell.command,userland.program,userland.pthread,"
                        + "kernel.lwp.kernel,machine.core.engine")
                .with(Class.forName(guests.getName() + "$Bad")).with(Class.forName(guests.getName() + "$Mischievous"))
                .with(Class.forName("itest.plugin.Mischief")).withActivator(guests);
        try (InputStream in = jar.open()) {
            plugin = context.installBundle(PLUGIN, in);
        }
        plugin.start();
    }

    @AfterEach
    void uninstall() throws Exception {
        System.clearProperty(Fault.PROPERTY);
        watchdog.close();
        if (plugin.getState() != Bundle.UNINSTALLED) {
            plugin.uninstall();
        }
    }

    private Kernel boot(KernelConfig.Contexts contexts) {
        Kernel kernel = factory.boot(KernelConfig.standard().withCpus(2).withSeed(4).withContexts(contexts));
        watchdog.add(kernel.engine().watch());
        return kernel;
    }

    private static EvictionReport only(Kernel kernel) {
        List<EvictionReport> reports = kernel.ask(engine -> engine.evictions().reports());
        assertEquals(1, reports.size(), reports.toString());
        return reports.getFirst();
    }

    private static String exit(Kernel kernel, Proc process) {
        return kernel.ask(engine -> process.exitStatus() + " " + process.exitSignal());
    }

    @ParameterizedTest
    @CsvSource({
        "main, loop, OVERDUE", "main, swallow, OVERDUE", "main, sleep, OVERDUE", "main, wait, OVERDUE", "main, park, OVERDUE",
        "main, join, OVERDUE", "main, exception, THROW", "main, error, THROW", "main, recursion, THROW",
        "thread, loop, OVERDUE", "handler, sleep, OVERDUE", "handler, exception, THROW"
    })
    void aProgramIsKilledAndTheOthersGoOn(String where, String how, Kind kind) throws Exception {
        aProgramIsKilled(where, how, kind, KernelConfig.Contexts.PREFERRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loop", "sleep", "park"})
    void alsoOnVirtualThreads(String how) throws Exception {
        aProgramIsKilled("main", how, Kind.OVERDUE, KernelConfig.Contexts.VIRTUAL_THREAD);
    }

    private void aProgramIsKilled(String where, String how, Kind kind, KernelConfig.Contexts contexts) throws Exception {
        try (ServedProgram busy = new ServedProgram(context, programs, new Busy(goOn::get)); Kernel kernel = boot(contexts)) {
            Proc other = busy.spawn(kernel);
            kernel.run(RunLimit.events(1_000));
            List<String> printed = new ArrayList<>();
            Proc bad = programs.spawn(kernel, MisbehavingGuests.PROGRAM, List.of(where, how), 0, printed::add);
            RunOutcome outcome = kernel.run(RunLimit.events(10_000));
            assertEquals("0 " + (kind == Kind.OVERDUE ? SIGKILL : SIGABRT), exit(kernel, bad), outcome.message());
            EvictionReport report = only(kernel);
            assertEquals("program itest-bad " + kind, report.slot() + " " + report.variant() + " " + report.kind());
            assertTrue(report.running().startsWith(bad.pid() + "."), report.running());
            assertTrue(report.stack().stream().anyMatch(frame -> frame.contains("itest.plugin.Mischief")),
                    report.stack().toString());
            assertTrue(printed.getFirst().startsWith("program itest-bad, LWP " + bad.pid() + "."), printed.toString());
            assertTrue(printed.stream().anyMatch(line -> line.contains("  at itest.plugin.Mischief")), printed.toString());
            goOn.set(false);
            assertEquals(RunOutcome.Reason.QUIESCENT, kernel.run(RunLimit.none()).reason());
            assertSucceeded(kernel, other);
            assertSound(kernel);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "loop, OVERDUE", "swallow, OVERDUE", "sleep, OVERDUE", "wait, OVERDUE", "park, OVERDUE", "exception, THROW",
        "error, THROW", "recursion, THROW"
    })
    void aSystemCallEndsInAnErrno(String how, Kind kind) throws Exception {
        System.setProperty(Fault.PROPERTY, how);
        try (ServedProgram caller = new ServedProgram(context, programs, new Caller(MisbehavingGuests.CALL));
                Kernel kernel = boot(KernelConfig.Contexts.PREFERRED)) {
            Proc process = caller.spawn(kernel);
            assertEquals(RunOutcome.Reason.QUIESCENT, kernel.run(RunLimit.none()).reason());
            assertSucceeded(kernel, process);
            assertSound(kernel);
            List<EvictionReport> reports = kernel.ask(engine -> engine.evictions().reports());
            // Who throws may be called again; who did not come back is not.
            assertEquals(kind == Kind.OVERDUE ? 1 : Caller.CALLS, reports.size(), reports.toString());
            assertEquals("syscall itest_bad " + kind, reports.getFirst().slot() + " " + reports.getFirst().variant() + " "
                    + reports.getFirst().kind());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"loop", "exception"})
    void aListenerIsDropped(String how) throws Exception {
        System.setProperty(Fault.PROPERTY, how);
        try (ServedProgram busy = new ServedProgram(context, programs, new Busy(goOn::get));
                Kernel kernel = boot(KernelConfig.Contexts.PREFERRED)) {
            Proc process = busy.spawn(kernel);
            kernel.act("trace", engine -> {
                kernel.processes().tracing().trace(process, Tracing.TRACED | Tracing.LWP_CREATE);
                return null;
            });
            kernel.run(RunLimit.events(2_000));
            assertEquals("listener", only(kernel).slot());
            goOn.set(false);
            kernel.run(RunLimit.none());
            assertSucceeded(kernel, process);
        }
    }

    @Test
    void theLoaderOfAProgramThatWasKilledIsFree() throws Exception {
        try (Kernel kernel = boot(KernelConfig.Contexts.PREFERRED)) {
            programs.spawn(kernel, MisbehavingGuests.PROGRAM, List.of("main", "loop"), 0, line -> { });
            kernel.run(RunLimit.none());
            assertEquals(Kind.OVERDUE, only(kernel).kind());
            WeakReference<ClassLoader> loader = Bundles.loader(plugin);
            plugin.uninstall();
            new Bundles(context).refresh(plugin);
            assertEquals(List.of(), Bundles.kept(List.of(loader)), "class loader of the killed program is kept");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"loop", "swallow", "sleep", "park"})
    @Timeout(60)
    void aCommandEndsAtControlC(String how) throws Exception {
        watchdog.close();
        try (Shell shell = new Shell(processor)) {
            shell.type("boot");
            Thread keyboard = Thread.ofPlatform().start(() -> {
                while (System.getProperty(Fault.AT_WORK) == null) {
                    Thread.onSpinWait();
                }
                shell.interrupt();
            });
            shell.fail("mischief here " + how);
            keyboard.join();
            while (Thread.getAllStackTraces().values().stream().anyMatch(GuestIT::isMischief)) {
                Thread.onSpinWait();
            }
            assertTrue(shell.type("slots").contains("sched"), "the shell goes on");
        }
    }

    private static boolean isMischief(StackTraceElement[] frames) {
        return Stream.of(frames).anyMatch(frame -> frame.getClassName().equals("itest.plugin.Mischief"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"loop", "sleep"})
    void aCommandInTheKernelIsInterrupted(String how) throws Exception {
        try (Shell shell = new Shell(processor)) {
            shell.type("boot");
            watchdog.add(current.kernel().engine().watch());
            assertTrue(shell.fail("mischief kernel " + how).startsWith("mischief: what it did in the kernel did not come back"));
            assertNull(current.kernel().engine().panic());
            shell.type("spawn hello");
            shell.type("run 10ms");
        }
    }
}
