// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import kernel.sched.errno.Errno;
import kernel.vm.object.VmWaits;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The bytes on their way through a pipe or a FIFO, and who waits for them. Engine thread only.
 *
 * <p>Models {@code sys/kern/sys_pipe.c} of FreeBSD, early 2006, which gives FIFOs to sockets: here they are pipes with a
 * name. Waiting ends with EINTR or ERESTART when a signal comes. DEVIATION: its buffer is kernel memory that is not
 * simulated, always of the largest size.
 */
@ProviderType
public final class Pipe {
    /** How many bytes it holds ({@code BIG_PIPE_SIZE}). */
    public static final int CAPACITY = 64 << 10;
    /** How many bytes are written as one ({@code PIPE_BUF}). */
    public static final int ATOMIC = 512;

    private final VmWaits waits;
    private final long channel;
    private byte[] ring = {};
    private int first;
    private int filled;
    private int readers;
    private int writers;
    /** How often an end was opened, for who waits for the other one. */
    private long readerOpens;
    private long writerOpens;
    /** Somebody takes bytes out and may sleep meanwhile ({@code PIPE_LOCKFL}). */
    private boolean locked;

    Pipe(VmWaits waits) {
        this.waits = waits;
        channel = waits.newChannel();
    }

    void opened(int flags) {
        if ((flags & OpenFile.READ) != 0) {
            readers++;
            readerOpens++;
        }
        if ((flags & OpenFile.WRITE) != 0) {
            writers++;
            writerOpens++;
        }
        waits.wake(channel);
    }

    void closed(int flags) {
        readers -= (flags & OpenFile.READ) != 0 ? 1 : 0;
        writers -= (flags & OpenFile.WRITE) != 0 ? 1 : 0;
        if (readers + writers == 0) {
            filled = 0;
        }
        waits.wake(channel);
    }

    /** Whether somebody could still take bytes out. */
    public boolean hasReaders() {
        return readers > 0;
    }

    /** How many bytes can be taken. */
    public int available() {
        return filled;
    }

    /** How many bytes can be put. */
    public int room() {
        return CAPACITY - filled;
    }

    /**
     * Waits until the end that was just opened has another one ({@code fifo_open}). An end that was opened and closed again
     * meanwhile counts.
     */
    int awaitOtherEnd(boolean writing) {
        long before = writing ? readerOpens : writerOpens;
        int error = 0;
        while (error == 0 && (writing ? readers == 0 && readerOpens == before : writers == 0 && writerOpens == before)) {
            error = waits.sleepInterruptibly(channel, writing ? "fifoow" : "fifoor", () ->
                    writing ? readers == 0 && readerOpens == before : writers == 0 && writerOpens == before);
        }
        return error;
    }

    /**
     * Waits until there are bytes, or nobody could put any, and keeps other readers out until {@link #leave}.
     *
     * @param atOnce do not wait, because of O_NONBLOCK or because the caller cannot
     * @return 0, EAGAIN, EINTR or ERESTART
     */
    public int enter(boolean atOnce) {
        int error = 0;
        while (error == 0 && mustWait()) {
            error = atOnce ? Errno.EAGAIN
                    : waits.sleepInterruptibly(channel, locked ? "pipelk" : "piperd", this::mustWait);
        }
        locked |= error == 0;
        return error;
    }

    private boolean mustWait() {
        return locked || filled == 0 && writers > 0;
    }

    /** Lets other readers in, and writers know of the room. */
    public void leave() {
        locked = false;
        waits.wake(channel);
    }

    /**
     * Waits for room.
     *
     * @param bytes how much is needed
     * @param atOnce do not wait, because of O_NONBLOCK or because the caller cannot
     * @return 0, EPIPE if nobody reads, EAGAIN, EINTR or ERESTART
     */
    public int awaitRoom(int bytes, boolean atOnce) {
        int error = 0;
        while (error == 0 && readers > 0 && room() < bytes) {
            error = atOnce ? Errno.EAGAIN
                    : waits.sleepInterruptibly(channel, "pipewr", () -> readers > 0 && room() < bytes);
        }
        return error == 0 && readers == 0 ? Errno.EPIPE : error;
    }

    /** Looks at the oldest bytes, at most {@link #available()}, without taking them. */
    public void peek(byte[] to, int length) {
        int straight = Math.min(length, CAPACITY - first);
        System.arraycopy(ring, first, to, 0, straight);
        System.arraycopy(ring, 0, to, straight, length - straight);
    }

    /** Takes the oldest bytes away. */
    public void skip(int length) {
        first = (first + length) % CAPACITY;
        filled -= length;
    }

    /** Puts bytes in, at most {@link #room()}. */
    public void put(byte[] from, int offset, int length) {
        if (ring.length == 0) {
            ring = new byte[CAPACITY];
        }
        int at = (first + filled) % CAPACITY;
        int straight = Math.min(length, CAPACITY - at);
        System.arraycopy(from, offset, ring, at, straight);
        System.arraycopy(from, offset + straight, ring, 0, length - straight);
        filled += length;
        waits.wake(channel);
    }
}
