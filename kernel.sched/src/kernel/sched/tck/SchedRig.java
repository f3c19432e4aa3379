// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.dispatch.Invariants;
import kernel.sched.policy.Scheduler;
import kernel.sched.sleep.Sleep;
import kernel.sched.task.TaskState;
import machine.core.context.ContextHosts;
import machine.core.cost.CostTable;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import machine.core.engine.EngineConfig;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import machine.core.engine.Topology;
import machine.core.slot.FixedVariants;
import machine.core.slot.SlotTable;
import machine.core.slot.SwapException;
import machine.core.slot.SwapReport;
import machine.core.slot.SwapRequest;
import machine.core.slot.Swapper;
import machine.core.watchdog.EvictionReport;

/** A kernel that consists of a scheduler and tasks which are Java functions; its invariants are checked at every event. */
final class SchedRig implements AutoCloseable {
    static final long MS = 1_000_000;
    private static final int MOST_SHOWN = 3;

    final Engine engine;
    final Dispatcher dispatcher;
    final Sleep sleep;
    final List<RigTask> tasks = new ArrayList<>();
    private final SchedulerUnderTest subject;
    private final List<String> broken = new ArrayList<>();
    private int made;
    private Runnable everyEvent = () -> {
    };

    SchedRig(SchedulerUnderTest subject, String cpus, long seed) {
        this(subject, cpus, seed, subject.instances().get());
    }

    /** A kernel that begins with another scheduler than the subject. */
    SchedRig(SchedulerUnderTest subject, String cpus, long seed, Scheduler first) {
        this.subject = subject;
        engine = new Engine(new EngineConfig(Topology.parse(cpus), 1 << 20, seed, 0, ContextHosts.preferred()));
        if (subject.watchdog() != null) {
            subject.watchdog().add(engine.watch());
        }
        dispatcher = new Dispatcher(engine, CostTable.generic());
        sleep = new Sleep(dispatcher);
        try {
            swap(first);
        } catch (SwapException e) {
            engine.close();
            throw new AssertionError(e.getMessage(), e);
        }
        engine.events().sink((count, now, cpu, type, a, b, c) -> {
            if (broken.size() < MOST_SHOWN) {
                Invariants.check(dispatcher).forEach(rule -> broken.add(now + " ns, " + type + ": " + rule));
            }
            everyEvent.run();
        });
    }

    void everyEvent(Runnable action) {
        everyEvent = action;
    }

    RigTask make(Runnable work) {
        return child(null, 1, work);
    }

    /** A task that another one has made, of the same process or not. */
    RigTask child(RigTask parent, int pid, Runnable work) {
        RigTask task = new RigTask(this, pid, ++made);
        tasks.add(task);
        dispatcher.register(task, parent, () -> task.body(work));
        return task;
    }

    RigTask start(Runnable work) {
        RigTask task = make(work);
        dispatcher.setRunnable(task);
        return task;
    }

    /** Computes in user mode, giving way when asked to. */
    void compute(long nanos) {
        long left = nanos;
        while (left > 0) {
            dispatcher.toUser();
            left = engine.current().computeUser(left);
            Cpu cpu = engine.current();
            if (cpu.astPending()) {
                cpu.clearAst();
                dispatcher.preempt();
            }
        }
    }

    void nap(int ticks) {
        sleep.kpause("nap", ticks, false);
    }

    /** Replaces the scheduler by another one. */
    void swap(Scheduler next) throws SwapException {
        SlotTable slots = new SlotTable();
        slots.register(dispatcher.slot());
        FixedVariants variants = new FixedVariants().add("sched", subject.name(), () -> next);
        SwapReport report = new Swapper(engine, slots, variants).swap(List.of(new SwapRequest("sched", subject.name())));
        if (!report.committed()) {
            throw new SwapException(report.outcome());
        }
    }

    void mustSwap(Scheduler next) {
        try {
            swap(next);
        } catch (SwapException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Who takes over after an eviction, under a name of its own: whoever was evicted is not taken again. */
    void fallback(Scheduler next) {
        dispatcher.slot().guard().fallback((failed, fits) -> new RigHandle(subject.name() + " again", next));
    }

    /** Runs until nothing can happen; every task must have ended, and nobody broken a rule. */
    void runToEnd() {
        allMustEnd();
        Expect.that(broken.isEmpty(), () -> broken.getFirst());
    }

    /** The same, whatever the scheduler says about its queues. */
    void allMustEnd() {
        RunOutcome outcome = engine.run(RunLimit.until(600_000 * MS));
        mustBeAlive();
        long unfinished = tasks.stream().filter(task -> task.state() != TaskState.LSZOMB).count();
        Expect.that(unfinished == 0, unfinished + " of " + tasks.size() + " tasks never ended; the kernel is "
                + outcome.reason() + " " + outcome.message());
    }

    /** Runs to a virtual time, and checks that nobody has broken a rule. */
    void runUntil(long nanos) {
        engine.run(RunLimit.until(nanos));
        mustBeSound();
    }

    void mustBeSound() {
        mustBeAlive();
        Expect.that(broken.isEmpty(), () -> broken.getFirst());
    }

    private void mustBeAlive() {
        if (engine.panic() != null) {
            throw new AssertionError("the kernel panicked: " + engine.panic(), engine.panic());
        }
        List<EvictionReport> evictions = dispatcher.engine().evictions().reports();
        Expect.that(evictions.isEmpty(), () -> "it was evicted: " + evictions.getFirst().message());
    }

    /** The same when somebody was meant to be evicted. */
    void mustHaveEvicted(EvictionReport.Kind kind) {
        List<EvictionReport> evictions = dispatcher.engine().evictions().reports();
        Expect.that(evictions.size() == 1 && evictions.getFirst().kind() == kind,
                () -> "one eviction because of " + kind + " was to be seen, not " + evictions.stream()
                        .map(report -> report.kind() + " (" + report.message() + ")").toList());
        long unfinished = tasks.stream().filter(task -> task.state() != TaskState.LSZOMB).count();
        Expect.that(unfinished == 0, unfinished + " tasks were lost in the eviction");
    }

    @Override
    public void close() {
        if (subject.watchdog() != null) {
            subject.watchdog().remove(engine.watch());
        }
        engine.close();
    }
}
