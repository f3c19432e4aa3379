// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

/** The flags of chflags(2) with FreeBSD's values ({@code sys/stat.h}). */
public final class FileFlags {
    public static final int UF_NODUMP = 0x1;
    public static final int UF_IMMUTABLE = 0x2;
    public static final int UF_APPEND = 0x4;
    public static final int UF_NOUNLINK = 0x10;
    public static final int SF_ARCHIVED = 0x1_0000;
    public static final int SF_IMMUTABLE = 0x2_0000;
    public static final int SF_APPEND = 0x4_0000;
    public static final int SF_NOUNLINK = 0x10_0000;
    /** Set by the file system only. */
    public static final int SF_SNAPSHOT = 0x20_0000;

    /** What chflags can set. */
    public static final int SETTABLE = UF_NODUMP | UF_IMMUTABLE | UF_APPEND | UF_NOUNLINK | SF_ARCHIVED
            | SF_IMMUTABLE | SF_APPEND | SF_NOUNLINK;

    private static final int UNDELETABLE =
            UF_IMMUTABLE | UF_APPEND | UF_NOUNLINK | SF_IMMUTABLE | SF_APPEND | SF_NOUNLINK;

    private FileFlags() {}

    /** What they mean to a {@link Vnode}. */
    static int vnodeFlags(int flags) {
        return ((flags & (UF_IMMUTABLE | SF_IMMUTABLE)) != 0 ? Vnode.IMMUTABLE : 0)
                | ((flags & (UF_APPEND | SF_APPEND)) != 0 ? Vnode.APPEND_ONLY : 0);
    }

    static boolean undeletable(int flags) {
        return (flags & UNDELETABLE) != 0;
    }
}
