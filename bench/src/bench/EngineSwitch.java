// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.util.concurrent.TimeUnit;
import machine.core.context.ContextHosts;
import machine.core.context.ExecutionContext;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import machine.core.engine.EngineConfig;
import machine.core.engine.RunLimit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the engine adds to a bare continuation switch. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EngineSwitch {

    private static final int SWITCHES = 1000;

    /** CPUs for {@link #interleave}; one context on each, in exact order. */
    @Param({"1", "4", "64"})
    public int cpus;

    private Engine pair;
    private Engine many;

    @Setup(Level.Trial)
    public void boot() {
        pair = new Engine(EngineConfig.standard().withMemoryBytes(4096));
        ExecutionContext[] contexts = new ExecutionContext[2];
        contexts[0] = pair.contexts().create(() -> switchForEver(contexts, 1));
        contexts[1] = pair.contexts().create(() -> switchForEver(contexts, 0));
        pair.cpu(0).switchTo(contexts[0]);

        many = new Engine(EngineConfig.standard().withCpus(cpus).withMemoryBytes(4096));
        for (int i = 0; i < cpus; i++) {
            many.cpu(i).switchTo(many.contexts().create(this::interleaveForEver));
        }
    }

    private void switchForEver(ExecutionContext[] contexts, int other) {
        Cpu cpu = pair.cpu(0);
        while (true) {
            cpu.charge(1);
            cpu.switchTo(contexts[other]);
        }
    }

    private void interleaveForEver() {
        Cpu cpu = many.current();
        while (true) {
            cpu.charge(1);
            cpu.interleave();
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        pair.close();
        many.close();
    }

    /** Two contexts on one CPU hand it to each other: one switch. */
    @Benchmark
    @OperationsPerInvocation(SWITCHES)
    public void switchTo() {
        pair.run(RunLimit.until(pair.nowNanos() + SWITCHES));
    }

    /** One interleave point of one CPU, which with several CPUs always goes to another one. */
    @Benchmark
    @OperationsPerInvocation(SWITCHES)
    public void interleave() {
        many.run(RunLimit.until(many.nowNanos() + SWITCHES / cpus));
    }
}
