// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.proc.Hang;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.sleep.SleepTable;
import kernel.sched.task.TaskState;
import kernel.vm.page.VmCounter;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import userland.core.process.Spawner;
import userland.sim.SimReport;
import userland.sim.SimRequest;
import userland.sim.Simulator;

/** One run of a workload on a kernel of its own. */
final class Run {
    private static final long PROGRESS_NANOS = 100_000_000L;
    /** A deadlock of very many LWPs is named by its first ones. */
    private static final int NAMED_LWPS = 20;

    private final SimRequest request;
    private final Workload workload;
    private final Kernel kernel;
    private final KernelConfig config;
    private final SwapSchedule swaps;
    private final TaskLedger ledger = new TaskLedger();
    private final List<String> failures = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final List<String> output = new ArrayList<>();
    private final Timeline timeline;
    private final CallLedger calls = new CallLedger();
    private boolean stopped;

    Run(SimRequest request, Workload workload, Kernel kernel, SwapSchedule swaps) {
        this.request = request;
        this.workload = workload;
        this.kernel = kernel;
        this.config = kernel.config();
        this.swaps = swaps;
        this.timeline = request.timeline ? new Timeline(config.cpus()) : null;
    }

    /** Runs to the end and reports; the caller closes the kernel. */
    SimReport run(String stage, Simulator.Progress progress) {
        long start = System.nanoTime();
        kernel.ask(engine -> {
            kernel.processes().observer(ledger);
            kernel.trap().listener(calls);
            kernel.vm().context().watchTlbs(request.check);
            kernel.processes().sleep().watchLocks(request.check);
            if (request.sink != null) {
                engine.events().sink(request.sink);
            }
            if (timeline != null) {
                engine.events().sink(timeline);
            }
            return null;
        });
        Spawner.spawn(kernel, workload.program(), workload.arguments(), 0, output::add);
        while (!stopped) {
            slice();
            if (progress != null) {
                kernel.ask(engine -> {
                    progress.at(stage, engine.nowNanos(), engine.events().count());
                    return null;
                });
            }
        }
        makeRemainingSwaps();
        findHangs();
        return report(System.nanoTime() - start);
    }

    /** When the workload ends first, swaps still take place, so that the report has them all. */
    private void makeRemainingSwaps() {
        while (failures.isEmpty() && swaps.nextNanos() < Long.MAX_VALUE) {
            kernel.run(RunLimit.until(swaps.nextNanos()));
            swaps.makeNext(kernel);
        }
    }

    /** Runs until something is to be done from outside, or the end. */
    private void slice() {
        long now = kernel.ask(engine -> engine.nowNanos());
        long end = request.durationNanos < 0 ? Long.MAX_VALUE : request.durationNanos;
        long until = Math.min(Math.min(swaps.nextNanos(), end), now + PROGRESS_NANOS);
        RunOutcome outcome = kernel.run(RunLimit.until(until).stoppingWhenQuiescent().orWhen(this::over));
        switch (outcome.reason()) {
            case LIMIT -> {
                if (swaps.nextNanos() <= outcome.nowNanos()) {
                    swaps.makeNext(kernel);
                }
                stopped = outcome.nowNanos() >= end;
            }
            case QUIESCENT -> quiescent();
            case CONDITION -> conditionHolds();
            case HALTED -> fail("the kernel halted: " + outcome.message());
            case PANICKED -> fail("the kernel panicked: " + outcome.message());
            case PAUSED -> fail("the run was interrupted");
        }
    }

    /** Whether there is no process left, or an invariant is broken; on the engine thread between two slices. */
    private boolean over() {
        if (request.check && broken.isEmpty()) {
            kernel.check(broken);
        }
        return !broken.isEmpty() || kernel.processes().table().size() == 0;
    }

    private void conditionHolds() {
        stopped = true;
        broken.forEach(text -> failures.add("invariant broken: " + text));
    }

    private void fail(String text) {
        stopped = true;
        failures.add(text);
    }

    /** Nothing can happen by itself any more: the end, or a deadlock. */
    private void quiescent() {
        stopped = true;
        if (!ended()) {
            failures.add(kernel.ask(engine -> deadlock()));
        }
    }

    /** Who hangs, and why, whether or not others could go on; a {@link #deadlock} without a defect is told already. */
    private void findHangs() {
        boolean everybody = !failures.isEmpty();
        for (Hang hang : kernel.ask(engine -> kernel.processes().hangs())) {
            if (!everybody || !hang.whole() || hang.quirk() != null) {
                failures.add("hang: " + hang.text());
            }
        }
    }

    private boolean ended() {
        return kernel.ask(engine -> kernel.processes().table().size() == 0);
    }

    private String deadlock() {
        StringBuilder text = new StringBuilder("deadlock: nobody can go on");
        int named = 0;
        for (Proc proc : kernel.processes().table().all()) {
            for (Lwp lwp = proc.newestLwp(); lwp != null; lwp = lwp.nextInProcess()) {
                if (lwp.state() != TaskState.LSZOMB && named++ < NAMED_LWPS) {
                    text.append("; ").append(lwp.label()).append(lwp.name() == null ? "" : " (" + lwp.name() + ")")
                            .append(": ").append(kernel.dispatcher().why(lwp));
                }
            }
        }
        return named > NAMED_LWPS ? text.append("; and ").append(named - NAMED_LWPS).append(" more").toString()
                : text.toString();
    }

    private SimReport report(long hostNanos) {
        SimReport report = new SimReport();
        report.workload = request.workload;
        report.machine = config.machine();
        report.sched = config.sched();
        report.lwp = config.lwp();
        report.vm = config.vm();
        report.variants.putAll(config.variants());
        report.cpus = config.cpus();
        report.seed = config.seed();
        report.hostNanos = hostNanos;
        kernel.ask(engine -> {
            report.virtualNanos = engine.nowNanos();
            report.events = engine.events().count();
            report.hash = engine.events().hashText();
            for (int i = 0; i < engine.cpuCount(); i++) {
                report.switches += kernel.dispatcher().switches(i);
            }
            report.faults = kernel.vm().counters().get(VmCounter.FAULTS)
                    + kernel.vm().counters().get(VmCounter.SOFT_FAULTS);
            ledger.addLiving(kernel.processes().table().all());
            report.lockContentions = ledger.contentions() + queueContentions();
            kernel.processes().observer(null);
            kernel.counters().forEach(counter -> report.counters.put(counter.name(), counter.count()));
            return null;
        });
        report.calls = calls.calls();
        report.errors.putAll(calls.errors());
        report.tasks.addAll(ledger.tasks());
        report.migrations = report.tasks.stream().mapToLong(task -> task.migrations).sum();
        report.workNanos = report.tasks.stream().mapToLong(task -> task.workNanos).sum();
        report.timeline = timeline == null ? null : timeline.until(report.virtualNanos);
        report.unsupported.putAll(new LinkedHashMap<>(workload.unsupported().get()));
        report.swaps.addAll(swaps.report());
        collectFailures(report);
        return report;
    }

    private long queueContentions() {
        Dispatcher dispatcher = kernel.dispatcher();
        long sum = 0;
        for (int i = 0; i < dispatcher.cpuCount(); i++) {
            sum += dispatcher.queueLock(dispatcher.cpu(i)).contentions();
            sum += dispatcher.lwpLock(dispatcher.cpu(i)).contentions();
        }
        SleepTable sleepers = kernel.processes().sleep().table();
        for (int i = 0; i < sleepers.size(); i++) {
            sum += sleepers.queue(i).lock().contentions();
        }
        return sum;
    }

    private void collectFailures(SimReport report) {
        report.failures.addAll(failures);
        report.failures.addAll(ledger.failures());
        report.failures.addAll(swaps.failures());
        boolean unfinished = report.tasks.stream().anyMatch(task -> task.exit.equals("running"));
        if (unfinished && request.durationNanos < 0 && report.failures.isEmpty()) {
            report.failures.add("unfinished tasks although no duration was given");
        }
        if (!report.failures.isEmpty()) {
            output.forEach(line -> report.failures.add("output: " + line));
        }
    }
}
