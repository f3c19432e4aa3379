// SPDX-License-Identifier: BSD-2-Clause
package shell.command.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kernel.lwp.machine.Machine;
import kernel.lwp.tck.ContextKit;
import kernel.sched.policy.Scheduler;
import kernel.sched.tck.SchedKit;
import kernel.sched.tck.SchedulerUnderTest;
import kernel.vm.pageout.PageoutPolicy;
import kernel.vm.tck.PmapKit;
import kernel.vm.tck.PmapParts;
import kernel.vm.tck.PmapUnderTest;
import kernel.vm.tck.pageout.PageoutKit;
import machine.core.slot.VariantHandle;
import machine.core.slot.VariantInfo;
import machine.core.slot.VariantSource;
import machine.core.watchdog.HostWatchdog;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.format.Formatter;
import shell.command.format.Json;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;

/**
 * {@code tck}: runs the conformance kit of a slot against a variant, in kernels of its own.
 *
 * <p>Its value is the table when every check passed; otherwise it prints the table, fails, and names the checks that did not pass.
 */
public final class TckCommand extends Command {
    private static final String MACHINE = "machine";
    private static final String SCHED = "sched";
    private static final String PAGEOUT = "pageout";
    private static final String JUNIT = "--junit";
    private final Kernels kernels;

    public TckCommand(Kernels kernels) {
        super("kernel", "tck", "runs the conformance checks of a slot against one of its variants");
        this.kernels = kernels;
        takes("machine|sched|pageout NAME", 2, 2, Candidates.SLOT, Candidates.OF_SLOT);
        has(Option.of(JUNIT, "FILE", "also writes the results as JUnit's XML").from(Candidates.FILE));
        example("tck sched ule --junit ule.xml");
    }

    @Override
    public Object run(Invocation in) {
        String slot = in.text(0);
        String name = in.text(1);
        List<CheckRow> rows = switch (slot) {
            case MACHINE -> machine(name);
            case SCHED -> scheduler(name);
            case PAGEOUT -> policy(name);
            default -> throw new IllegalArgumentException("no conformance checks for slot " + slot + "; there are some for "
                    + MACHINE + ", " + SCHED + " and " + PAGEOUT);
        };
        if (in.option(JUNIT) != null) {
            write(in, JunitReport.of("tck." + slot + "." + name, rows));
        }
        List<CheckRow> failed = rows.stream().filter(row -> !row.passed()).toList();
        Rows<CheckRow> table = new Rows<>(CheckRow.class, rows);
        if (!failed.isEmpty()) {
            in.console().println(in.flag(JSON.name()) ? Json.of(table) : Formatter.text(table));
            throw new IllegalStateException(name + " fails " + failed.size() + " of " + rows.size()
                    + " checks: " + failed.stream().map(CheckRow::check).collect(Collectors.joining("; ")));
        }
        return table;
    }

    private static void write(Invocation in, String xml) {
        try {
            Files.writeString(in.file(in.option(JUNIT)), xml);
        } catch (IOException e) {
            throw new UncheckedIOException(in.option(JUNIT) + " cannot be written: " + e.getMessage(), e);
        }
    }

    private List<CheckRow> machine(String name) {
        VariantHandle handle = acquire(MACHINE, name);
        try {
            Machine machine = (Machine) handle.instance();
            PmapUnderTest subject = new PmapParts(machine::walker, machine.tlb(), machine.costs(), machine::pmapModule,
                    machine.limits().maxUserAddress());
            Stream<Check> pmap = PmapKit.checks().stream()
                    .map(check -> new Check("pmap", check.name(), () -> check.run(subject)));
            Stream<Check> context = ContextKit.checks().stream()
                    .map(check -> new Check("context", check.name(), () -> check.run(machine)));
            return Stream.concat(pmap, context).map(CheckRow::of).toList();
        } finally {
            handle.release();
        }
    }

    /** Each kernel of the kit gets an instance of its own; all are given back at the end. */
    private List<CheckRow> scheduler(String name) {
        List<VariantHandle> taken = new ArrayList<>(List.of(acquire(SCHED, name)));
        try (HostWatchdog watchdog = new HostWatchdog(HostWatchdog.PATIENCE_MILLIS)) {
            SchedulerUnderTest subject = new SchedulerUnderTest(name, () -> {
                taken.add(acquire(SCHED, name));
                return (Scheduler) taken.getLast().instance();
            }, watchdog);
            return SchedKit.checks().stream().map(check ->
                    CheckRow.of(new Check(check.set().name(), check.name(), () -> check.run(subject)))).toList();
        } finally {
            taken.forEach(VariantHandle::release);
        }
    }

    private static String kind(String slot) {
        return switch (slot) {
            case SCHED -> "scheduler";
            case PAGEOUT -> "pageout policy";
            default -> slot;
        };
    }

    private List<CheckRow> policy(String name) {
        List<VariantHandle> taken = new ArrayList<>(List.of(acquire(PAGEOUT, name)));
        try {
            return PageoutKit.checks().stream().map(check -> CheckRow.of(new Check(check.set().name(), check.name(),
                    () -> check.run(() -> {
                        taken.add(acquire(PAGEOUT, name));
                        return (PageoutPolicy) taken.getLast().instance();
                    })))).toList();
        } finally {
            taken.forEach(VariantHandle::release);
        }
    }

    private VariantHandle acquire(String slot, String name) {
        VariantSource variants = kernels.factory().variants();
        VariantHandle handle = variants.acquire(slot, name);
        if (handle == null) {
            throw new IllegalArgumentException("no " + kind(slot) + " " + name
                    + "; there are "
                    + variants.variants(slot).stream().map(VariantInfo::variant).collect(Collectors.joining(" ")));
        }
        return handle;
    }
}
