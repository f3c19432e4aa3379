// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import itest.plugin.Fault;
import itest.plugin.MisbehavingVariants;
import itest.support.AlertWatchdog;
import itest.support.BadVariant;
import itest.support.ServedProgram;
import itest.support.Shell;
import itest.workload.Busy;
import itest.workload.Floating;
import itest.workload.Paging;
import java.util.List;
import kernel.lwp.kernel.Kernel;
import machine.core.watchdog.EvictionReport;
import org.apache.felix.service.command.CommandProcessor;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;
import shell.command.CurrentKernel;
import userland.program.Programs;

/** The shell shows all about an eviction, and a replay evicts the same variant at the same place again. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class EvictionReplayIT {
    @InjectBundleContext
    BundleContext context;
    @InjectService
    Programs programs;
    @InjectService
    CommandProcessor processor;
    @InjectService
    CurrentKernel current;

    private EvictionReport only(String what) {
        Kernel kernel = current.kernel();
        List<EvictionReport> reports = kernel.ask(engine -> engine.evictions().reports());
        assertEquals(1, reports.size(), what + ": " + reports);
        return reports.getFirst();
    }

    /** All but the stack, which begins elsewhere in a replay. */
    private static String place(EvictionReport report) {
        return report.kind() + " " + report.message() + " cpu" + report.cpu() + " " + report.running() + " "
                + report.atNanos() + " " + report.event() + " " + report.seed() + " " + report.decisions();
    }

    @ParameterizedTest
    @CsvSource({
        "sched, slept loop 20", "sched, pickNext exception 20", "pageout, scan loop", "pageout, removed sleep 200",
        "pageout, scan nothing", "mapindex, floor loop 100", "mapindex, insert error 40", "machine, Pmap.enter loop 20",
        "machine, walk exception 20", "machine, UserContextCodec.load sleep 1", "lwp, unpark exception 1",
        "lwp, checkContext loop 1", "machine, validate loop 1"
    })
    @SuppressWarnings("try")
    void aReplayEvictsAtTheSamePlace(String slot, String fault) throws Exception {
        boolean pages = slot.equals("pageout");
        try (AlertWatchdog watchdog = new AlertWatchdog(Fault.AT_WORK); BadVariant bad = new BadVariant(context, slot, fault);
                ServedProgram paging = new ServedProgram(context, programs, new Paging());
                ServedProgram busy = new ServedProgram(context, programs, new Busy(() -> true));
                ServedProgram floating = new ServedProgram(context, programs, new Floating());
                Shell shell = new Shell(processor)) {
            shell.type("boot --cpus 2 --seed 7" + (pages ? " --memory 2M" : ""));
            watchdog.add(current.kernel().engine().watch());
            shell.type("spawn " + (pages ? "itest-paging" : "itest-floating"));
            shell.type("step 20");
            shell.type("use " + slot + " " + MisbehavingVariants.NAME);
            shell.type("spawn " + (pages ? "prodcons" : "itest-busy"));
            shell.type("run 400ms");
            EvictionReport first = only(slot + " " + fault);
            String dump = shell.type("evictions 1");
            assertTrue(dump.contains(slot + " bad -> ") && dump.contains(first.message())
                    && dump.contains("seed 7, event " + first.event() + ", at " + first.atNanos() + " ns")
                    && dump.contains("held by " + first.running())
                    && first.decisions().stream().allMatch(dump::contains), dump);
            shell.type("back 3");
            assertEquals(place(first), place(only("the replay of " + slot + " " + fault)));
        }
    }
}
