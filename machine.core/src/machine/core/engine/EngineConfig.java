// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import machine.core.context.ContextHost;
import machine.core.context.ContextHosts;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an engine is made of.
 *
 * @param topology the simulated CPUs, at most {@value #MAX_CPUS}
 * @param memoryBytes physical memory in bytes, a positive multiple of 4096
 * @param seed drives every tie-break and every random stream
 * @param quantumNanos how far, in virtual nanoseconds, a CPU may run past the exact order; 0 is exact
 * @param contexts the context host; the engine owns it from now on
 */
@ProviderType
public record EngineConfig(Topology topology, long memoryBytes, long seed, long quantumNanos, ContextHost contexts) {

    /** The most CPUs an engine can have. */
    public static final int MAX_CPUS = 256;

    /** Checks every value. */
    public EngineConfig {
        require(topology != null, "a topology is needed");
        require(memoryBytes > 0 && (memoryBytes & 4095) == 0,
                "memory must be a positive multiple of 4096 bytes, not " + memoryBytes);
        require(quantumNanos >= 0, "quantum must not be negative, but is " + quantumNanos);
        require(contexts != null, "a context host is needed");
    }

    /** The same with CPUs that share nothing. */
    public EngineConfig(int cpus, long memoryBytes, long seed, long quantumNanos, ContextHost contexts) {
        this(Topology.flat(cpus), memoryBytes, seed, quantumNanos, contexts);
    }

    /** Number of simulated CPUs. */
    public int cpus() {
        return topology.cpus();
    }

    /** One CPU, 64 MiB, seed 1, exact order, the fastest context host there is. */
    public static EngineConfig standard() {
        return new EngineConfig(1, 64L << 20, 1, 0, ContextHosts.preferred());
    }

    /** The same with another number of CPUs, which share nothing. */
    public EngineConfig withCpus(int count) {
        return withTopology(Topology.flat(count));
    }

    /** The same with other CPUs. */
    public EngineConfig withTopology(Topology cpus) {
        return new EngineConfig(cpus, memoryBytes, seed, quantumNanos, contexts);
    }

    /** The same with another memory size in bytes. */
    public EngineConfig withMemoryBytes(long bytes) {
        return new EngineConfig(topology, bytes, seed, quantumNanos, contexts);
    }

    /** The same with another seed. */
    public EngineConfig withSeed(long value) {
        return new EngineConfig(topology, memoryBytes, value, quantumNanos, contexts);
    }

    /** The same with another quantum in virtual nanoseconds. */
    public EngineConfig withQuantumNanos(long nanos) {
        return new EngineConfig(topology, memoryBytes, seed, nanos, contexts);
    }

    /** The same with another context host, which must not serve another engine. */
    public EngineConfig withContexts(ContextHost host) {
        return new EngineConfig(topology, memoryBytes, seed, quantumNanos, host);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
