// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The bytes on their way through a pipe or a FIFO. Engine thread only.
 *
 * <p>Models {@code sys_pipe.c} as far as the memory calls need something that is no file. DEVIATION: it never blocks;
 * what would wait is EAGAIN, as if O_NONBLOCK were set.
 */
@ProviderType
public final class Pipe {
    /** How many bytes it holds ({@code BIG_PIPE_SIZE}). */
    public static final int CAPACITY = 64 << 10;

    private final byte[] ring = new byte[CAPACITY];
    private int first;
    private int filled;
    private int readers;
    private int writers;

    void opened(int flags) {
        readers += (flags & OpenFile.READ) != 0 ? 1 : 0;
        writers += (flags & OpenFile.WRITE) != 0 ? 1 : 0;
    }

    void closed(int flags) {
        readers -= (flags & OpenFile.READ) != 0 ? 1 : 0;
        writers -= (flags & OpenFile.WRITE) != 0 ? 1 : 0;
        if (readers + writers == 0) {
            filled = 0;
        }
    }

    /** Whether somebody could still take bytes out. */
    public boolean hasReaders() {
        return readers > 0;
    }

    /** Whether somebody could still put bytes in. */
    public boolean hasWriters() {
        return writers > 0;
    }

    /** How many bytes can be taken. */
    public int available() {
        return filled;
    }

    /** How many bytes can be put. */
    public int room() {
        return CAPACITY - filled;
    }

    /** Looks at the oldest bytes, at most {@link #available()}, without taking them. */
    public void peek(byte[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] = ring[(first + i) % CAPACITY];
        }
    }

    /** Takes the oldest bytes away. */
    public void skip(int length) {
        first = (first + length) % CAPACITY;
        filled -= length;
    }

    /** Puts bytes in, at most {@link #room()}. */
    public void put(byte[] from, int length) {
        for (int i = 0; i < length; i++) {
            ring[(first + filled + i) % CAPACITY] = from[i];
        }
        filled += length;
    }
}
