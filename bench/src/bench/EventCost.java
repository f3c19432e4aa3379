// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.util.concurrent.TimeUnit;
import machine.core.engine.Engine;
import machine.core.engine.EngineConfig;
import machine.core.event.EventType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What every event costs while nobody listens: the running hash. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventCost {
    private final EventType type = EventType.of("bench.event", "number");
    private final Engine engine = new Engine(EngineConfig.standard().withMemoryBytes(4096));
    private long number;

    @TearDown
    public void close() {
        engine.close();
    }

    /** One event. */
    @Benchmark
    public long log() {
        engine.events().log(type, number++, 0, 0);
        return engine.events().hash();
    }
}
