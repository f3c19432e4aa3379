// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Log-linear histogram of latencies in nanoseconds, 16 steps to an octave (at most 6.25 % off).
 *
 * <p>Keeps only the range of buckets in use, so that an LWP that slept twice costs a few bytes.
 */
@ProviderType
public final class LatencyRecorder {
    private static final int STEP_BITS = 4;
    private static final int STEPS = 1 << STEP_BITS;

    private int[] counts;
    private int firstBucket;
    private long total;
    private long max;

    /** Adds one latency of {@code nanos} &gt;= 0. */
    public void record(long nanos) {
        int bucket = bucket(nanos);
        if (counts == null || bucket < firstBucket || bucket >= firstBucket + counts.length) {
            grow(bucket);
        }
        counts[bucket - firstBucket]++;
        total++;
        if (nanos > max) {
            max = nanos;
        }
    }

    /** How many were recorded. */
    public long count() {
        return total;
    }

    /** Largest latency, exact; 0 when none. */
    public long max() {
        return max;
    }

    /** Median. */
    public long p50() {
        return percentile(50);
    }

    /** 99th percentile. */
    public long p99() {
        return percentile(99);
    }

    /** Smallest bucket bound that covers {@code percent} of the latencies, never above {@link #max}; 0 when none. */
    public long percentile(int percent) {
        if (total == 0) {
            return 0;
        }
        long wanted = (total * percent + 99) / 100;
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Math.min(upperBound(firstBucket + i), max);
            }
        }
        return max;
    }

    /** Adds all of another recorder. */
    public void add(LatencyRecorder other) {
        if (other.total == 0) {
            return;
        }
        for (int i = 0; i < other.counts.length; i++) {
            if (other.counts[i] != 0) {
                int bucket = other.firstBucket + i;
                if (counts == null || bucket < firstBucket || bucket >= firstBucket + counts.length) {
                    grow(bucket);
                }
                counts[bucket - firstBucket] += other.counts[i];
            }
        }
        total += other.total;
        max = Math.max(max, other.max);
    }

    private void grow(int bucket) {
        if (counts == null) {
            counts = new int[4];
            firstBucket = bucket;
            return;
        }
        int first = Math.min(firstBucket, bucket);
        int end = Math.max(firstBucket + counts.length, bucket + 1);
        int[] wider = new int[(end - first + 7) & ~7];
        System.arraycopy(counts, 0, wider, firstBucket - first, counts.length);
        counts = wider;
        firstBucket = first;
    }

    private static int bucket(long nanos) {
        if (nanos < STEPS) {
            return (int) nanos;
        }
        int shift = 63 - Long.numberOfLeadingZeros(nanos) - STEP_BITS;
        return (shift + 1) * STEPS + (int) (nanos >>> shift) - STEPS;
    }

    private static long upperBound(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int shift = bucket / STEPS - 1;
        long low = (long) (bucket % STEPS + STEPS) << shift;
        return low + (1L << shift) - 1;
    }
}
