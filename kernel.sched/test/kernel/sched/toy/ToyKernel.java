// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.dispatch.Invariants;
import kernel.sched.eevdf.Eevdf;
import kernel.sched.fourbsd.FourBsd;
import kernel.sched.m2.M2;
import kernel.sched.policy.Scheduler;
import kernel.sched.sleep.Sleep;
import kernel.sched.ule.Ule;
import machine.core.context.ContextHosts;
import machine.core.cost.CostTable;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import machine.core.engine.EngineConfig;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import machine.core.slot.SlotSwap;
import machine.core.slot.SwapException;
import machine.core.slot.VariantHandle;

/** An engine, a dispatcher and functions as tasks: all that this floor needs of a kernel. */
public final class ToyKernel implements AutoCloseable {
    public final Engine engine;
    public final Dispatcher dispatcher;
    public final Sleep sleep;
    public final List<ToyTask> tasks = new ArrayList<>();
    /** Rules that were broken at some event of a checked kernel. */
    public final List<String> broken = new ArrayList<>();

    public ToyKernel(int cpus, long seed) {
        this(cpus, seed, FourBsd::new, "4bsd");
    }

    public ToyKernel(int cpus, long seed, Supplier<Scheduler> scheduler, String name) {
        engine = new Engine(new EngineConfig(cpus, 1 << 20, seed, 0, ContextHosts.preferred()));
        dispatcher = new Dispatcher(engine, CostTable.generic());
        sleep = new Sleep(dispatcher);
        if (scheduler != null) {
            mustSwap(scheduler.get(), name);
        }
    }

    public static Supplier<Scheduler> variant(String name) {
        return switch (name) {
            case "m2" -> M2::new;
            case "ule" -> Ule::new;
            case "eevdf" -> Eevdf::new;
            default -> FourBsd::new;
        };
    }

    /** Checks the invariants at every event. */
    public ToyKernel checked() {
        engine.events().sink((count, now, cpu, type, a, b, c) -> {
            for (String rule : Invariants.check(dispatcher)) {
                broken.add(now + " " + type + " " + a + "." + b + ": " + rule);
            }
        });
        return this;
    }

    /** Makes a task and starts it. */
    public ToyTask start(Runnable work) {
        ToyTask task = make(work);
        dispatcher.setRunnable(task);
        return task;
    }

    /** Makes a task that somebody must start. */
    public ToyTask make(Runnable work) {
        ToyTask task = new ToyTask(this, 1, tasks.size() + 1);
        tasks.add(task);
        dispatcher.register(task, null, () -> task.body(work));
        return task;
    }

    /** User code that computes, giving way when asked to. */
    public void compute(long nanos) {
        long left = nanos;
        while (left > 0) {
            dispatcher.toUser();
            left = engine.current().computeUser(left);
            userBoundary();
        }
    }

    public void userBoundary() {
        Cpu cpu = engine.current();
        if (cpu.astPending()) {
            cpu.clearAst();
            dispatcher.preempt();
        }
    }

    public RunOutcome run() {
        return engine.run(RunLimit.none());
    }

    public RunOutcome runUntil(long nanos) {
        return engine.run(RunLimit.until(nanos));
    }

    public void mustSwap(Scheduler next, String name) {
        try {
            swap(next, name);
        } catch (SwapException e) {
            throw new AssertionError(e);
        }
    }

    /** The phases of a swap as the swapper drives them; null leaves the slot vacant. */
    public int swap(Scheduler next, String name) throws SwapException {
        SlotSwap swap = dispatcher.slot().prepare(next == null ? null : handle(next, name));
        try {
            swap.export();
            swap.importState();
        } catch (SwapException e) {
            swap.rollback();
            throw e;
        }
        swap.commit();
        swap.release();
        return swap.moved();
    }

    public static VariantHandle handle(Object instance, String name) {
        return new VariantHandle() {
            @Override
            public String slot() {
                return "sched";
            }

            @Override
            public String variant() {
                return name;
            }

            @Override
            public Object instance() {
                return instance;
            }

            @Override
            public void release() {
            }
        };
    }

    @Override
    public void close() {
        engine.close();
    }
}
