// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import org.osgi.annotation.versioning.ProviderType;

/**
 * How the CPUs of a machine share what: threads a core, cores a package, packages a node of memory.
 *
 * <p>CPUs are numbered so that neighbours share most: the threads of a core are adjacent, then the cores of a package,
 * then the packages of a node. The relations are those of NetBSD's {@code cpu_topology} (sys/kern/subr_cpu.c): the next
 * CPU of the same core, the next of the same package, the first CPU of the next package; each goes round in a circle.
 *
 * @param nodes nodes of memory
 * @param packages packages in each node
 * @param cores cores in each package
 * @param threads hardware threads in each core
 */
@ProviderType
public record Topology(int nodes, int packages, int cores, int threads) {
    private static final String FORM = "write CPUS, PACKAGESxCORES, PACKAGESxCORESxTHREADS or "
            + "NODESxPACKAGESxCORESxTHREADS, with 1 to " + EngineConfig.MAX_CPUS + " CPUs in all";

    /** Checks the numbers. */
    public Topology {
        long cpus = (long) nodes * packages * cores * threads;
        if (nodes < 1 || packages < 1 || cores < 1 || threads < 1 || cpus > EngineConfig.MAX_CPUS) {
            throw new IllegalArgumentException("cpus must be 1 to " + EngineConfig.MAX_CPUS + ", not "
                    + text(nodes, packages, cores, threads));
        }
    }

    /** CPUs that share nothing: each is a package of its own. */
    public static Topology flat(int cpus) {
        return new Topology(1, cpus, 1, 1);
    }

    /**
     * Reads {@code 8}, {@code 2x4}, {@code 2x4x2} or {@code 2x1x4x2}, largest unit first.
     *
     * @throws IllegalArgumentException if it is something else, or more than {@value EngineConfig#MAX_CPUS} CPUs
     */
    public static Topology parse(String text) {
        String[] words = text.split("x", -1);
        int[] counts = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            counts[i] = words[i].matches("[0-9]{1,3}") ? Integer.parseInt(words[i]) : 0;
            if (counts[i] == 0) {
                throw new IllegalArgumentException(text + " is no number of CPUs; " + FORM);
            }
        }
        return switch (counts.length) {
            case 1 -> flat(counts[0]);
            case 2 -> new Topology(1, counts[0], counts[1], 1);
            case 3 -> new Topology(1, counts[0], counts[1], counts[2]);
            case 4 -> new Topology(counts[0], counts[1], counts[2], counts[3]);
            default -> throw new IllegalArgumentException(text + " is no number of CPUs; " + FORM);
        };
    }

    /** The shortest form that {@link #parse} reads. */
    public String text() {
        return text(nodes, packages, cores, threads);
    }

    private static String text(int nodes, int packages, int cores, int threads) {
        if (nodes != 1) {
            return nodes + "x" + packages + "x" + cores + "x" + threads;
        }
        if (threads != 1) {
            return packages + "x" + cores + "x" + threads;
        }
        return cores == 1 ? String.valueOf(packages) : packages + "x" + cores;
    }

    /** Number of CPUs. */
    public int cpus() {
        return nodes * packages * cores * threads;
    }

    /** The node of a CPU. */
    public int node(int cpu) {
        return cpu / (threads * cores * packages);
    }

    /** The package of a CPU, counted over all nodes. */
    public int packageOf(int cpu) {
        return cpu / (threads * cores);
    }

    /** The core of a CPU, counted over all packages. */
    public int core(int cpu) {
        return cpu / threads;
    }

    /** The hardware thread of a CPU within its core. */
    public int thread(int cpu) {
        return cpu % threads;
    }

    /** The next CPU of the same core; itself if the core has one thread. */
    public int nextInCore(int cpu) {
        return nextIn(cpu, threads);
    }

    /** The next CPU of the same package. */
    public int nextInPackage(int cpu) {
        return nextIn(cpu, threads * cores);
    }

    /** The first CPU of the package of a CPU. */
    public int firstOfPackage(int cpu) {
        return cpu - cpu % (threads * cores);
    }

    /** The first CPU of the next package. */
    public int firstOfNextPackage(int cpu) {
        return (firstOfPackage(cpu) + threads * cores) % cpus();
    }

    private static int nextIn(int cpu, int size) {
        int first = cpu - cpu % size;
        return first + (cpu - first + 1) % size;
    }
}
