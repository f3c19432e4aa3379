// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.fourbsd.FourBsd;
import kernel.sched.m2.M2;
import machine.core.cost.CostTable;
import machine.core.engine.Engine;
import machine.core.engine.EngineConfig;
import machine.core.engine.RunLimit;
import machine.core.slot.FixedVariants;
import machine.core.slot.SlotTable;
import machine.core.slot.SwapReport;
import machine.core.slot.SwapRequest;
import machine.core.slot.Swapper;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A context switch through the real dispatcher, and the swap of a scheduler with 10,000 runnable tasks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SchedulerSwitch {

    private static final int SWITCHES = 1000;
    private static final int RUNNABLE = 10_000;

    private Engine pair;
    private Engine crowd;
    private Swapper swapper;
    private boolean odd;

    @Setup(Level.Trial)
    public void boot() {
        FixedVariants variants = new FixedVariants().add("sched", "4bsd", FourBsd::new).add("sched", "m2", M2::new);
        pair = new Engine(EngineConfig.standard().withMemoryBytes(4096));
        Dispatcher two = new Dispatcher(pair, CostTable.generic());
        fill(pair, two, variants);
        for (int lid = 1; lid <= 2; lid++) {
            BenchTask.start(two, lid, 140, () -> yieldForEver(two));
        }

        crowd = new Engine(EngineConfig.standard().withCpus(4).withMemoryBytes(4096));
        Dispatcher all = new Dispatcher(crowd, CostTable.generic());
        swapper = fill(crowd, all, variants);
        for (int lid = 1; lid <= RUNNABLE; lid++) {
            BenchTask.start(all, lid, lid % 64, () -> { });
        }
    }

    private static Swapper fill(Engine engine, Dispatcher dispatcher, FixedVariants variants) {
        SlotTable slots = new SlotTable();
        slots.register(dispatcher.slot());
        Swapper swapper = new Swapper(engine, slots, variants);
        swapper.swap(List.of(new SwapRequest("sched", "4bsd")));
        return swapper;
    }

    private static void yieldForEver(Dispatcher dispatcher) {
        while (true) {
            dispatcher.yield();
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        pair.close();
        crowd.close();
    }

    /** Two tasks yield to each other under 4bsd: one switch, with its event. */
    @Benchmark
    @OperationsPerInvocation(SWITCHES)
    public void yieldToOther() {
        pair.run(RunLimit.events(SWITCHES));
    }

    /** {@code use sched} with 10,000 runnable tasks on 4 CPUs, all phases. */
    @Benchmark
    public SwapReport swapTenThousand() {
        odd = !odd;
        return swapper.swap(List.of(new SwapRequest("sched", odd ? "m2" : "4bsd")));
    }
}
