// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

/** Independent sequences of numbers, all made of one seed. */
final class RandomStreams {

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long seed;
    private long[] streams = new long[16];
    private long[] counters = new long[16];
    private int used;

    RandomStreams(long seed) {
        this.seed = seed;
    }

    /** Next number of a stream, uniform over all 64-bit values. */
    long next(long stream) {
        int slot = slotOf(stream);
        return mix(mix(seed, stream), ++counters[slot]);
    }

    /** A well mixed number made of two. */
    static long mix(long a, long b) {
        long z = (a ^ Long.rotateLeft(b, 32)) * GOLDEN + b;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** A free slot has counter 0; a used one never has, because it is counted at once. */
    private int slotOf(long stream) {
        int mask = streams.length - 1;
        int slot = (int) mix(0, stream) & mask;
        while (counters[slot] != 0) {
            if (streams[slot] == stream) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        if (2 * ++used > streams.length) {
            grow();
            used--;
            return slotOf(stream);
        }
        streams[slot] = stream;
        return slot;
    }

    private void grow() {
        long[] oldStreams = streams;
        long[] oldCounters = counters;
        streams = new long[2 * oldStreams.length];
        counters = new long[2 * oldCounters.length];
        int mask = streams.length - 1;
        for (int i = 0; i < oldStreams.length; i++) {
            if (oldCounters[i] != 0) {
                int slot = (int) mix(0, oldStreams[i]) & mask;
                while (counters[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                streams[slot] = oldStreams[i];
                counters[slot] = oldCounters[i];
            }
        }
    }
}
