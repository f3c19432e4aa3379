// SPDX-License-Identifier: BSD-2-Clause
package machine.core.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Simulated RAM: real bytes in one memory segment, little-endian, addressed from 0; behind it the memory of devices.
 *
 * <p>Accesses need no alignment. An address outside the memory is a broken kernel rule and throws
 * {@link IndexOutOfBoundsException}. Used by one thread at a time, so compare-and-swap is a plain
 * compare and store: simulated CPUs interleave only between such operations.
 */
@ProviderType
public final class PhysicalMemory implements AutoCloseable {

    /** log2 of {@link #PAGE_SIZE}. */
    public static final int PAGE_SHIFT = 12;
    /** Bytes in a page frame. */
    public static final int PAGE_SIZE = 1 << PAGE_SHIFT;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Backing backing;
    private final MemorySegment bytes;
    private final long size;

    /**
     * Makes zeroed memory without devices; {@link #close()} or the collector frees it.
     *
     * @param size bytes, a positive multiple of {@link #PAGE_SIZE}
     */
    public PhysicalMemory(long size) {
        this(size, 0);
    }

    /**
     * Makes zeroed memory; {@link #close()} or the collector frees it.
     *
     * @param size bytes of RAM, a positive multiple of {@link #PAGE_SIZE}
     * @param deviceBytes bytes of devices, a multiple of {@link #PAGE_SIZE}; their first address is {@code size}
     */
    public PhysicalMemory(long size, long deviceBytes) {
        if (size <= 0 || (size & PAGE_SIZE - 1) != 0) {
            throw new IllegalArgumentException("memory must be a positive multiple of 4096 bytes, not " + size);
        }
        if (deviceBytes < 0 || (deviceBytes & PAGE_SIZE - 1) != 0) {
            throw new IllegalArgumentException("devices must have a multiple of 4096 bytes, not " + deviceBytes);
        }
        this.size = size;
        backing = Backing.allocate(size + deviceBytes);
        bytes = backing.segment();
    }

    /** Size of RAM in bytes. */
    public long size() {
        return size;
    }

    /** How many bytes devices have, from the address {@link #size()} on. */
    public long deviceBytes() {
        return bytes.byteSize() - size;
    }

    /** Number of page frames of RAM. */
    public int frames() {
        return (int) (size >>> PAGE_SHIFT);
    }

    /** Reads one byte, zero-extended. */
    public int get8(long pa) {
        return bytes.get(ValueLayout.JAVA_BYTE, pa) & 0xff;
    }

    /** Reads 16 bits, zero-extended. */
    public int get16(long pa) {
        return bytes.get(SHORT, pa) & 0xffff;
    }

    /** Reads 32 bits. */
    public int get32(long pa) {
        return bytes.get(INT, pa);
    }

    /** Reads 64 bits. */
    public long get64(long pa) {
        return bytes.get(LONG, pa);
    }

    /** Writes the low 8 bits of {@code value}. */
    public void put8(long pa, int value) {
        bytes.set(ValueLayout.JAVA_BYTE, pa, (byte) value);
    }

    /** Writes the low 16 bits of {@code value}. */
    public void put16(long pa, int value) {
        bytes.set(SHORT, pa, (short) value);
    }

    /** Writes 32 bits. */
    public void put32(long pa, int value) {
        bytes.set(INT, pa, value);
    }

    /** Writes 64 bits. */
    public void put64(long pa, long value) {
        bytes.set(LONG, pa, value);
    }

    /** Stores {@code next} if the 32 bits there equal {@code expected}; says whether it did. */
    public boolean cas32(long pa, int expected, int next) {
        if (bytes.get(INT, pa) != expected) {
            return false;
        }
        bytes.set(INT, pa, next);
        return true;
    }

    /** Stores {@code next} if the 64 bits there equal {@code expected}; says whether it did. */
    public boolean cas64(long pa, long expected, long next) {
        if (bytes.get(LONG, pa) != expected) {
            return false;
        }
        bytes.set(LONG, pa, next);
        return true;
    }

    /** Copies {@code length} bytes; the ranges may overlap. */
    public void copy(long from, long to, long length) {
        MemorySegment.copy(bytes, from, bytes, to, length);
    }

    /** Zeroes {@code length} bytes. */
    public void zero(long pa, long length) {
        bytes.asSlice(pa, length).fill((byte) 0);
    }

    /** Copies bytes out of the memory into an array. */
    public void read(long pa, byte[] to, int offset, int length) {
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, pa, to, offset, length);
    }

    /** Copies bytes from an array into the memory. */
    public void write(long pa, byte[] from, int offset, int length) {
        MemorySegment.copy(from, offset, bytes, ValueLayout.JAVA_BYTE, pa, length);
    }

    /** Frees the memory; any later access throws {@link IllegalStateException}. */
    @Override
    public void close() {
        backing.close();
    }
}
