// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

/** Flags of open(2) with FreeBSD's values ({@code sys/fcntl.h}). */
public final class OpenFlags {
    public static final int READ_ONLY = 0;
    public static final int WRITE_ONLY = 1;
    public static final int READ_WRITE = 2;
    public static final int ACCESS_MODE = 3;
    public static final int NONBLOCK = 0x0004;
    public static final int APPEND = 0x0008;
    public static final int CREATE = 0x0200;
    public static final int TRUNCATE = 0x0400;
    public static final int EXCLUSIVE = 0x0800;
    public static final int CLOSE_ON_EXEC = 0x0010_0000;
    /** Set by shm_open only. */
    static final int SHARED_MEMORY = OpenFile.SHARED_MEMORY;

    private OpenFlags() {}

    static boolean writes(int flags) {
        return (flags & ACCESS_MODE) != READ_ONLY;
    }

    static boolean exclusiveCreate(int flags) {
        return (flags & (CREATE | EXCLUSIVE)) == (CREATE | EXCLUSIVE);
    }

    /** What fcntl tells of the flags of an open file. */
    public static int ofFile(int fileFlags) {
        return (fileFlags & (OpenFile.READ | OpenFile.WRITE)) - 1 | fileFlags & (OpenFile.NONBLOCK | OpenFile.APPEND);
    }

    /** The flags of the open file: access mode plus one, nonblock, append, shared memory. */
    static int fileFlags(int flags) {
        return (flags & ACCESS_MODE) + 1 | flags & (OpenFile.NONBLOCK | OpenFile.APPEND | OpenFile.SHARED_MEMORY);
    }
}
