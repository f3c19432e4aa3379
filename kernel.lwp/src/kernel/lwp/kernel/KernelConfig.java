// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.nio.file.Path;
import machine.core.engine.EngineConfig;

/**
 * What a kernel is booted with. Immutable; {@code with...} methods give changed copies.
 *
 * @param machine variant of the slot machine
 * @param cpus number of simulated CPUs
 * @param memoryBytes physical memory
 * @param sched variant of the slot sched
 * @param lwp variant of the slot lwp
 * @param vm variant of the slot vm
 * @param seed decides every tie and random number
 * @param quantumNanos how far CPUs may run apart between interleave points; 0 for exact order
 * @param contexts how LWPs are suspended on the host
 * @param files host folder whose files the kernel sees, or null for none
 */
public record KernelConfig(
        String machine,
        int cpus,
        long memoryBytes,
        String sched,
        String lwp,
        String vm,
        long seed,
        long quantumNanos,
        Contexts contexts,
        Path files) {

    /** How LWPs are suspended on the host; never changes what a kernel does. */
    public enum Contexts {
        /** The fastest way there is in this JVM. */
        PREFERRED,
        /** The JDK's own continuations. */
        CONTINUATION,
        /** Virtual threads. */
        VIRTUAL_THREAD
    }

    private static final long PAGE_BYTES = 4096;
    private static final long MIN_MEMORY_BYTES = 1L << 20;

    /** Checks the numbers. */
    public KernelConfig {
        require(cpus >= 1 && cpus <= EngineConfig.MAX_CPUS,
                "cpus is " + cpus + "; give 1 to " + EngineConfig.MAX_CPUS);
        require(memoryBytes >= MIN_MEMORY_BYTES && memoryBytes % PAGE_BYTES == 0,
                "memory is " + memoryBytes + " bytes; give at least 1M, in whole pages of 4096 bytes");
        require(quantumNanos >= 0, "quantum is " + quantumNanos + " ns; give 0 or more");
    }

    /** amd64, one CPU, 256 MiB, 4bsd, 1.84, seed, seed 1, exact order. */
    public static KernelConfig standard() {
        return new KernelConfig("amd64", 1, 256L << 20, "4bsd", "1.84", "seed", 1, 0, Contexts.PREFERRED, null);
    }

    /** The same with another machine. */
    public KernelConfig withMachine(String name) {
        return new KernelConfig(name, cpus, memoryBytes, sched, lwp, vm, seed, quantumNanos, contexts, files);
    }

    /** The same with another number of CPUs. */
    public KernelConfig withCpus(int count) {
        return new KernelConfig(machine, count, memoryBytes, sched, lwp, vm, seed, quantumNanos, contexts, files);
    }

    /** The same with another memory size in bytes. */
    public KernelConfig withMemoryBytes(long bytes) {
        return new KernelConfig(machine, cpus, bytes, sched, lwp, vm, seed, quantumNanos, contexts, files);
    }

    /** The same with another scheduler. */
    public KernelConfig withSched(String name) {
        return new KernelConfig(machine, cpus, memoryBytes, name, lwp, vm, seed, quantumNanos, contexts, files);
    }

    /** The same with another LWP revision. */
    public KernelConfig withLwp(String name) {
        return new KernelConfig(machine, cpus, memoryBytes, sched, name, vm, seed, quantumNanos, contexts, files);
    }

    /** The same with another memory profile. */
    public KernelConfig withVm(String name) {
        return new KernelConfig(machine, cpus, memoryBytes, sched, lwp, name, seed, quantumNanos, contexts, files);
    }

    /** The same with another seed. */
    public KernelConfig withSeed(long value) {
        return new KernelConfig(machine, cpus, memoryBytes, sched, lwp, vm, value, quantumNanos, contexts, files);
    }

    /** The same with another quantum in nanoseconds. */
    public KernelConfig withQuantumNanos(long nanos) {
        return new KernelConfig(machine, cpus, memoryBytes, sched, lwp, vm, seed, nanos, contexts, files);
    }

    /** The same with another way to suspend LWPs. */
    public KernelConfig withContexts(Contexts how) {
        return new KernelConfig(machine, cpus, memoryBytes, sched, lwp, vm, seed, quantumNanos, how, files);
    }

    /** The same with another folder of host files, or null. */
    public KernelConfig withFiles(Path folder) {
        return new KernelConfig(machine, cpus, memoryBytes, sched, lwp, vm, seed, quantumNanos, contexts, folder);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
