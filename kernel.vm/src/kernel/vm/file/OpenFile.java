// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import org.osgi.annotation.versioning.ProviderType;

/**
 * An open file: what a descriptor stands for ({@code struct file}).
 *
 * <p>Several descriptors, in several processes, may share one; the last close closes the vnode.
 */
@ProviderType
public final class OpenFile {
    /** Opened for reading ({@code FREAD}). */
    public static final int READ = 1;
    /** Opened for writing ({@code FWRITE}). */
    public static final int WRITE = 2;
    /** What would wait fails instead ({@code O_NONBLOCK}). */
    public static final int NONBLOCK = 4;
    /** Every write goes to the end ({@code O_APPEND}). */
    public static final int APPEND = 8;
    /** Opened by shm_open ({@code FPOSIXSHM}): pages need not reach a disk soon. */
    public static final int SHARED_MEMORY = 0x100;

    private final Vnode vnode;
    private final Pipe pipe;
    private int flags;
    private long offset;
    private int references = 1;

    /** An open file of a vnode; null for something that is not a file (it cannot be mapped). */
    OpenFile(Vnode vnode, int flags) {
        this(vnode, vnode == null ? null : vnode.pipe(), flags);
    }

    /** One end of a pipe without a name. */
    OpenFile(Pipe pipe, int flags) {
        this(null, pipe, flags);
    }

    private OpenFile(Vnode vnode, Pipe pipe, int flags) {
        this.vnode = vnode;
        this.pipe = pipe;
        this.flags = flags;
        if (vnode != null) {
            vnode.opened(has(WRITE));
        }
        if (pipe != null) {
            pipe.opened(flags);
        }
    }

    /** The file, or null if the descriptor stands for something else, such as a pipe. */
    public Vnode vnode() {
        return vnode;
    }

    /** What its bytes go through if it is a pipe or a FIFO, or null. */
    public Pipe pipe() {
        return pipe;
    }

    /** Whether one of the open flags is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Where the next read or write starts. */
    public long offset() {
        return offset;
    }

    /** Moves the read and write position. */
    public void offset(long next) {
        offset = next;
    }

    /** The flags that fcntl changes, replaced. */
    public void statusFlags(int bits) {
        flags = flags & ~(NONBLOCK | APPEND) | bits & (NONBLOCK | APPEND);
    }

    /** The open flags: access, APPEND, NONBLOCK, SHARED_MEMORY. */
    public int flags() {
        return flags;
    }

    /** Adds a reference; for the time of a call that may sleep, or for another descriptor. */
    public void reference() {
        references++;
    }

    /** Drops a reference; the last one closes the vnode. */
    public void drop() {
        if (--references != 0) {
            return;
        }
        if (pipe != null) {
            pipe.closed(flags);
        }
        if (vnode != null) {
            vnode.closed(has(WRITE));
        }
    }
}
