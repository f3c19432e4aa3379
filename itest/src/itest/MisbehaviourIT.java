// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static itest.support.Kernels.active;
import static itest.support.Kernels.assertSound;
import static itest.support.Kernels.assertSucceeded;
import static itest.support.Kernels.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import itest.plugin.Fault;
import itest.plugin.MisbehavingVariants;
import itest.support.AlertWatchdog;
import itest.support.BadVariant;
import itest.support.Bundles;
import itest.support.ServedProgram;
import itest.workload.Busy;
import itest.workload.Floating;
import itest.workload.Paging;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.KernelFactory;
import kernel.lwp.proc.Proc;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import machine.core.slot.SwapReport;
import machine.core.slot.SwapRequest;
import machine.core.watchdog.EvictionReport;
import machine.core.watchdog.EvictionReport.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;
import userland.program.Program;
import userland.program.Programs;

/** Bundles whose variants misbehave, in every slot and in every way: the fallback takes over and no program notices. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class MisbehaviourIT {
    /** Virtual time: a scheduler may keep a task waiting for five seconds. */
    private static final long TIME_TO_FAIL_NANOS = 20_000_000_000L;
    private static final long SEED = 4;

    @InjectBundleContext
    BundleContext context;
    @InjectService
    KernelFactory factory;
    @InjectService
    Programs programs;

    private final AtomicBoolean goOn = new AtomicBoolean(true);
    private final AlertWatchdog watchdog = new AlertWatchdog(Fault.AT_WORK);
    private BadVariant plugin;

    private void install(String slot, String fault) throws Exception {
        plugin = new BadVariant(context, slot, fault);
    }

    @AfterEach
    void uninstall() throws Exception {
        watchdog.close();
        plugin.close();
    }

    private Kernel boot(String slot) {
        KernelConfig config = KernelConfig.standard().withCpus(2).withSeed(SEED);
        Kernel kernel = factory.boot(slot.equals("pageout") ? config.withMemoryBytes(2L << 20) : config);
        watchdog.add(kernel.engine().watch());
        return kernel;
    }

    private Program workload(String slot) {
        return switch (slot) {
            case "pageout" -> new Paging();
            case "signals" -> new Floating();
            default -> new Busy(goOn::get);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "sched, pickNext exception 20, THROW", "sched, enqueue error 20, THROW", "sched, slept recursion 20, THROW",
        "sched, slept loop 20, OVERDUE", "sched, pickNext swallow 20, OVERDUE", "sched, woken sleep 20, OVERDUE",
        "sched, enqueue wait 20, OVERDUE", "sched, slept park 20, OVERDUE", "sched, woken join 20, OVERDUE",
        "sched, forEachQueued nothing, LOST", "sched, forEachQueued twice, DUPLICATE", "sched, selectCpu nothing 20, RULE",
        "sched, pickNext nothing 20, STARVED",
        "pageout, scan exception, THROW", "pageout, activated error 200, THROW", "pageout, scan recursion, THROW",
        "pageout, scan loop, OVERDUE", "pageout, activated swallow 200, OVERDUE", "pageout, removed sleep 200, OVERDUE",
        "pageout, scan wait, OVERDUE", "pageout, deactivated park 3, OVERDUE", "pageout, scan join, OVERDUE",
        "pageout, activated nothing 200, LOST", "pageout, removed nothing 200, DUPLICATE", "pageout, scan nothing, STARVED",
        "mapindex, floor exception 200, THROW", "mapindex, insert error 60, THROW", "mapindex, nextGap recursion 2, THROW",
        "mapindex, floor loop 200, OVERDUE", "mapindex, insert swallow 60, OVERDUE", "mapindex, remove sleep 2, OVERDUE",
        "mapindex, nextGap wait 2, OVERDUE", "mapindex, create park 2, OVERDUE", "mapindex, floor join 200, OVERDUE",
        "mapindex, insert nothing 60, LOST", "mapindex, floor nothing 200, LOST",
        "machine, Pmap.enter exception 20, THROW", "machine, Pmap.remove error 2, THROW",
        "machine, walk recursion 20, THROW", "machine, Pmap.enter loop 20, OVERDUE", "machine, walk swallow 20, OVERDUE",
        "machine, validate sleep 1, OVERDUE", "machine, zeroPage wait 2, OVERDUE", "machine, Pmap.protect park 2, OVERDUE",
        "machine, UserContextCodec.load join 1, OVERDUE", "machine, FpuFormat.store exception 5, THROW",
        "machine, FpuFormat.load loop 5, OVERDUE", "machine, FpuFormat.enterHandler sleep 5, OVERDUE",
        "machine, TrapAbi.enter loop 5, OVERDUE", "machine, TrapAbi.succeed error 5, THROW",
        "machine, Pmap.enter nothing 20, LOST",
        "lwp, allocateLid exception 1, THROW", "lwp, unpark error 1, THROW", "lwp, start recursion 1, THROW",
        "lwp, unpark loop 1, OVERDUE", "lwp, checkContext swallow 1, OVERDUE", "lwp, unpark sleep 1, OVERDUE",
        "lwp, allocateLid wait 1, OVERDUE", "lwp, checkContext park 1, OVERDUE", "lwp, start join 1, OVERDUE",
        "lwp, unpark nothing 1, LOST", "lwp, start nothing 1, LOST"
    })
    void theFallbackTakesOverAndNoProgramNotices(String slot, String fault, Kind kind) throws Exception {
        install(slot, fault);
        try (ServedProgram program = new ServedProgram(context, programs, workload(slot));
                ServedProgram other = new ServedProgram(context, programs, workload("signals"));
                Kernel kernel = boot(slot)) {
            String fallback = active(kernel, slot);
            Proc process = program.spawn(kernel);
            Proc floating = other.spawn(kernel);
            kernel.run(RunLimit.events(1_000));
            use(kernel, slot, MisbehavingVariants.NAME);
            Proc late = program.spawn(kernel);
            untilEvicted(kernel);
            assertEquals(fallback, active(kernel, slot), "nobody was evicted " + slot + " " + fault);
            assertReport(kernel, slot, fault.split(" ")[0], kind, fallback);
            goOn.set(false);
            RunOutcome outcome = kernel.run(RunLimit.none());
            assertEquals(RunOutcome.Reason.QUIESCENT, outcome.reason(), outcome.message());
            assertSucceeded(kernel, process);
            assertSucceeded(kernel, late);
            assertSucceeded(kernel, floating);
            assertSound(kernel);
        }
    }

    private static void untilEvicted(Kernel kernel) {
        long until = kernel.ask(engine -> engine.nowNanos()) + TIME_TO_FAIL_NANOS;
        kernel.run(RunLimit.until(until).orWhen(() -> kernel.engine().evictions().count() > 0));
    }

    private static void assertReport(Kernel kernel, String slot, String callback, Kind kind, String fallback) {
        List<EvictionReport> reports = kernel.ask(engine -> engine.evictions().reports());
        assertEquals(1, reports.size(), reports.toString());
        EvictionReport report = reports.getFirst();
        assertEquals(kind, report.kind(), report.message());
        assertEquals(slot + " bad " + fallback, report.slot() + " " + report.variant() + " " + report.successor());
        assertEquals(SEED, report.seed());
        assertTrue(report.event() > 0 && report.atNanos() > 0, report.toString());
        assertFalse(report.running().isEmpty(), "nobody held the CPU");
        assertTrue(!report.decisions().isEmpty() && report.decisions().size() <= 50, report.decisions().toString());
        if (kind == Kind.THROW || kind == Kind.OVERDUE) {
            assertTrue(report.message().matches(".* broke a rule in (.*\\.)?" + callback.replaceAll(".*\\.", "") + ": .*"),
                    report.message());
            assertTrue(report.stack().stream().anyMatch(frame -> frame.contains("itest.plugin.Mis")),
                    report.stack().toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sched, slept loop 20", "pageout, scan loop", "mapindex, floor loop 200", "machine, walk loop 20",
        "lwp, unpark loop 1"
    })
    void theLoaderOfTheEvictedIsFree(String slot, String fault) throws Exception {
        install(slot, fault);
        try (ServedProgram program = new ServedProgram(context, programs, workload(slot)); Kernel kernel = boot(slot)) {
            program.spawn(kernel);
            kernel.run(RunLimit.events(1_000));
            use(kernel, slot, MisbehavingVariants.NAME);
            untilEvicted(kernel);
            WeakReference<ClassLoader> loader = Bundles.loader(plugin.bundle());
            plugin.close();
            new Bundles(context).refresh(plugin.bundle());
            assertEquals(List.of(), Bundles.kept(List.of(loader)), "class loader of the evicted variant is kept");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sched, importTask exception 3", "sched, importTask loop 3", "pageout, importPage error 50",
        "pageout, importPage sleep 50", "mapindex, insert exception 5", "mapindex, insert loop 5",
        "machine, PmapModule.create exception 1", "machine, PmapModule.create loop 1", "machine, pmapModule error",
        "lwp, importParked exception 1", "lwp, importParked loop 1"
    })
    void aSwapToOneThatFailsInTheMiddleChangesNothing(String slot, String fault) throws Exception {
        install(slot, fault);
        try (ServedProgram program = new ServedProgram(context, programs, workload(slot));
                ServedProgram other = new ServedProgram(context, programs, workload("signals"));
                Kernel kernel = boot(slot)) {
            String before = active(kernel, slot);
            Proc process = program.spawn(kernel);
            Proc floating = other.spawn(kernel);
            kernel.run(RunLimit.events(1_000));
            SwapReport report = kernel.swap(List.of(new SwapRequest(slot, MisbehavingVariants.NAME)));
            assertTrue(report.outcome().startsWith("refused: "), slot + " " + fault + ": " + report.outcome());
            assertEquals(before, active(kernel, slot));
            assertSound(kernel);
            assertEquals(List.of(), kernel.ask(engine -> engine.evictions().reports()));
            goOn.set(false);
            assertEquals(RunOutcome.Reason.QUIESCENT, kernel.run(RunLimit.none()).reason());
            assertSucceeded(kernel, process);
            assertSucceeded(kernel, floating);
            assertSound(kernel);
        }
    }
}
