// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The words of a little-endian {@code struct rusage}: two {@code struct timeval} and fourteen {@code long}.
 *
 * <p>Seconds have 64 bits and microseconds 32. DEVIATION: on every 32-bit machine the structure has the layout of
 * i386; ports that align 64-bit numbers to 8 bytes have four more bytes behind each {@code timeval}.
 */
@ProviderType
public final class RusageWords {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int NANOS_PER_MICRO = 1000;
    private static final int LONGS = 14;
    private static final int MAXRSS = 0;
    private static final int MINFLT = 4;
    private static final int MAJFLT = 5;
    private static final int NSIGNALS = 11;
    private static final int NVCSW = 12;
    private static final int NIVCSW = 13;

    private final int word;
    private final int timeval;

    /**
     * The words of a port.
     *
     * @param wordBytes size of its {@code long}, 4 or 8
     */
    public RusageWords(int wordBytes) {
        word = wordBytes;
        timeval = Long.BYTES + wordBytes;
    }

    /** Size of the structure. */
    public int bytes() {
        return 2 * timeval + LONGS * word;
    }

    /** Encodes a usage. */
    public byte[] store(ResourceUsage from) {
        ByteBuffer to = ByteBuffer.allocate(bytes()).order(ByteOrder.LITTLE_ENDIAN);
        putTime(to, 0, from.userNanos());
        putTime(to, timeval, from.systemNanos());
        put(to, MAXRSS, from.maxResidentKilobytes());
        put(to, MINFLT, from.minorFaults());
        put(to, MAJFLT, from.majorFaults());
        put(to, NSIGNALS, from.signals());
        put(to, NVCSW, from.voluntarySwitches());
        put(to, NIVCSW, from.involuntarySwitches());
        return to.array();
    }

    /** Decodes a usage. */
    public ResourceUsage load(byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return new ResourceUsage(time(from, 0), time(from, timeval), get(from, MAXRSS), get(from, MINFLT),
                get(from, MAJFLT), get(from, NSIGNALS), get(from, NVCSW), get(from, NIVCSW));
    }

    private static void putTime(ByteBuffer to, int at, long nanos) {
        to.putLong(at, nanos / NANOS_PER_SECOND);
        to.putInt(at + Long.BYTES, (int) (nanos % NANOS_PER_SECOND / NANOS_PER_MICRO));
    }

    private static long time(ByteBuffer from, int at) {
        return from.getLong(at) * NANOS_PER_SECOND + (long) from.getInt(at + Long.BYTES) * NANOS_PER_MICRO;
    }

    private void put(ByteBuffer to, int index, long value) {
        if (word == Long.BYTES) {
            to.putLong(2 * timeval + index * word, value);
        } else {
            to.putInt(2 * timeval + index * word, (int) value);
        }
    }

    private long get(ByteBuffer from, int index) {
        return word == Long.BYTES ? from.getLong(2 * timeval + index * word) : from.getInt(2 * timeval + index * word);
    }
}
