// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import machine.core.engine.Topology;

/**
 * What a kernel is booted with. Immutable; {@code with...} methods give changed copies.
 *
 * @param variants variant of each slot, in the order in which a boot fills the slots
 * @param topology the simulated CPUs and what they share
 * @param memoryBytes physical memory
 * @param swapBytes size of the swap device, 0 for none
 * @param seed decides every tie and random number
 * @param quantumNanos how far CPUs may run apart between interleave points; 0 for exact order
 * @param contexts how LWPs are suspended on the host
 * @param files host folder whose files the kernel sees, or null for none
 * @param quirks what is chosen of the quirks, one after the other
 */
public record KernelConfig(
        Map<String, String> variants,
        Topology topology,
        long memoryBytes,
        long swapBytes,
        long seed,
        long quantumNanos,
        Contexts contexts,
        Path files,
        List<QuirkChoice> quirks) {

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
    /** What the objects for its frames still fit into an ordinary heap for. */
    private static final long MAX_MEMORY_BYTES = 64L << 30;
    private static final long STANDARD_SWAP_BYTES = 512L << 20;
    private static final long MAX_SWAP_BYTES = 1L << 40;

    /** Checks the numbers. */
    public KernelConfig {
        require(memoryBytes >= MIN_MEMORY_BYTES && memoryBytes <= MAX_MEMORY_BYTES && memoryBytes % PAGE_BYTES == 0,
                "memory is " + memoryBytes + " bytes; give 1M to 64G, in whole pages of 4096 bytes");
        require(swapBytes >= 0 && swapBytes <= MAX_SWAP_BYTES && swapBytes % PAGE_BYTES == 0,
                "swap is " + swapBytes + " bytes; give 0 to 1024G, in whole pages of 4096 bytes");
        require(quantumNanos >= 0, "quantum is " + quantumNanos + " ns; give 0 or more");
        variants = Collections.unmodifiableMap(new LinkedHashMap<>(variants));
        quirks = List.copyOf(quirks);
    }

    /** amd64, one CPU, 256 MiB, 4bsd, 1.84, seed, chunks, twoqueue, 512 MiB of swap, seed 1, exact order. */
    public static KernelConfig standard() {
        Map<String, String> variants = new LinkedHashMap<>();
        variants.put("machine", "amd64");
        variants.put("lwp", "1.84");
        variants.put("vm", "seed");
        variants.put("mapindex", "chunks");
        variants.put("pageout", "twoqueue");
        variants.put("sched", "4bsd");
        return new KernelConfig(variants, Topology.flat(1), 256L << 20, STANDARD_SWAP_BYTES, 1, 0, Contexts.PREFERRED, null,
                List.of());
    }

    /** Variant of the slot machine. */
    public String machine() {
        return variants.get("machine");
    }

    /** Variant of the slot sched. */
    public String sched() {
        return variants.get("sched");
    }

    /** Variant of the slot lwp. */
    public String lwp() {
        return variants.get("lwp");
    }

    /** Variant of the slot vm. */
    public String vm() {
        return variants.get("vm");
    }

    /**
     * The same with another variant in one slot.
     *
     * @throws IllegalArgumentException if a kernel has no such slot; the message says which it has
     */
    public KernelConfig withVariant(String slot, String variant) {
        require(variants.containsKey(slot),
                "a kernel has no slot " + slot + "; it has " + String.join(", ", variants.keySet()));
        Map<String, String> changed = new LinkedHashMap<>(variants);
        changed.put(slot, variant);
        return new KernelConfig(changed, topology, memoryBytes, swapBytes, seed, quantumNanos, contexts, files, quirks);
    }

    /** The same with another machine. */
    public KernelConfig withMachine(String name) {
        return withVariant("machine", name);
    }

    /** The same with another scheduler. */
    public KernelConfig withSched(String name) {
        return withVariant("sched", name);
    }

    /** The same with another LWP revision. */
    public KernelConfig withLwp(String name) {
        return withVariant("lwp", name);
    }

    /** The same with another memory profile. */
    public KernelConfig withVm(String name) {
        return withVariant("vm", name);
    }

    /** Number of simulated CPUs. */
    public int cpus() {
        return topology.cpus();
    }

    /** The same with another number of CPUs, which share nothing. */
    public KernelConfig withCpus(int count) {
        return withTopology(Topology.flat(count));
    }

    /** The same with other CPUs. */
    public KernelConfig withTopology(Topology wanted) {
        return new KernelConfig(variants, wanted, memoryBytes, swapBytes, seed, quantumNanos, contexts, files, quirks);
    }

    /** The same with another memory size in bytes. */
    public KernelConfig withMemoryBytes(long bytes) {
        return new KernelConfig(variants, topology, bytes, swapBytes, seed, quantumNanos, contexts, files, quirks);
    }

    /** The same with another size of the swap device in bytes. */
    public KernelConfig withSwapBytes(long bytes) {
        return new KernelConfig(variants, topology, memoryBytes, bytes, seed, quantumNanos, contexts, files, quirks);
    }

    /** The same with another seed. */
    public KernelConfig withSeed(long value) {
        return new KernelConfig(variants, topology, memoryBytes, swapBytes, value, quantumNanos, contexts, files, quirks);
    }

    /** The same with another quantum in nanoseconds. */
    public KernelConfig withQuantumNanos(long nanos) {
        return new KernelConfig(variants, topology, memoryBytes, swapBytes, seed, nanos, contexts, files, quirks);
    }

    /** The same with another way to suspend LWPs. */
    public KernelConfig withContexts(Contexts how) {
        return new KernelConfig(variants, topology, memoryBytes, swapBytes, seed, quantumNanos, how, files, quirks);
    }

    /** The same with another folder of host files, or null. */
    public KernelConfig withFiles(Path folder) {
        return new KernelConfig(variants, topology, memoryBytes, swapBytes, seed, quantumNanos, contexts, folder, quirks);
    }

    /** The same with a choice about a quirk after those made before. */
    public KernelConfig withQuirk(QuirkChoice choice) {
        List<QuirkChoice> choices = new ArrayList<>(quirks);
        choices.add(choice);
        return new KernelConfig(variants, topology, memoryBytes, swapBytes, seed, quantumNanos, contexts, files, choices);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
