// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

/**
 * Tournament tree over the CPUs: who is earliest in virtual time.
 *
 * <p>Equal times are decided by the seed, differently at every instant, as a pure function of seed, CPU
 * and time; so it does not matter how often the question is asked.
 */
final class CpuTree {

    private final long seed;
    private final int leaves;
    /** Virtual time per CPU; {@code Long.MAX_VALUE} if it has nothing to do. */
    private final long[] keys;
    /** Winner of each match; the root is 1, the leaves start at {@link #leaves}. */
    private final int[] winners;

    CpuTree(int cpus, long seed) {
        this.seed = seed;
        leaves = Math.max(1, Integer.highestOneBit(2 * cpus - 1));
        keys = new long[leaves];
        winners = new int[2 * leaves];
        for (int i = 0; i < leaves; i++) {
            keys[i] = Long.MAX_VALUE;
            winners[leaves + i] = i;
        }
        for (int node = leaves - 1; node >= 1; node--) {
            winners[node] = winners[2 * node];
        }
    }

    /** Puts a CPU at a time. */
    void update(int cpu, long key) {
        keys[cpu] = key;
        for (int node = leaves + cpu >> 1; node >= 1; node >>= 1) {
            winners[node] = earlier(winners[2 * node], winners[2 * node + 1]);
        }
    }

    /** The earliest CPU. */
    int first() {
        return winners[1];
    }

    /** Time of the earliest CPU. */
    long firstKey() {
        return keys[winners[1]];
    }

    /** The latest time at which {@code cpu} still goes before all others. */
    long lead(int cpu) {
        long lead = Long.MAX_VALUE;
        for (int node = leaves + cpu; node > 1; node >>= 1) {
            lead = Math.min(lead, leadOver(cpu, winners[node ^ 1]));
        }
        return lead;
    }

    /** The latest time at which {@code cpu} still goes before {@code other}. */
    long leadOver(int cpu, int other) {
        long key = keys[other];
        return key == Long.MAX_VALUE || goesFirst(cpu, other, key) ? key : key - 1;
    }

    private int earlier(int a, int b) {
        if (keys[a] != keys[b]) {
            return keys[a] < keys[b] ? a : b;
        }
        return goesFirst(a, b, keys[a]) ? a : b;
    }

    private boolean goesFirst(int a, int b, long key) {
        long rankOfA = RandomStreams.mix(seed + a, key);
        long rankOfB = RandomStreams.mix(seed + b, key);
        return rankOfA != rankOfB ? rankOfA < rankOfB : a < b;
    }
}
