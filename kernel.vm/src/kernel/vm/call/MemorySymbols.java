// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.vm.syscall.SymbolSet;

/** Constants of the memory calls with FreeBSD's values ({@code sys/mman.h}), and their names. */
public final class MemorySymbols {
    public static final int PROT_READ = 1;
    public static final int PROT_WRITE = 2;
    public static final int PROT_EXEC = 4;

    public static final int MAP_SHARED = 0x0001;
    public static final int MAP_PRIVATE = 0x0002;
    public static final int MAP_FIXED = 0x0010;
    public static final int MAP_RENAME = 0x0020;
    public static final int MAP_NORESERVE = 0x0040;
    public static final int MAP_HASSEMAPHORE = 0x0200;
    public static final int MAP_STACK = 0x0400;
    public static final int MAP_NOSYNC = 0x0800;
    public static final int MAP_ANON = 0x1000;
    public static final int MAP_NOCORE = 0x0002_0000;

    /** Flags of later systems, known where the profile has {@link kernel.vm.object.Feature#MAP_FLAGS}. */
    public static final int MAP_GUARD = 0x2000;
    public static final int MAP_EXCL = 0x4000;
    public static final int MAP_PREFAULT_READ = 0x0004_0000;
    public static final int MAP_32BIT = 0x0008_0000;
    public static final int MAP_ALIGNMENT_SHIFT = 24;
    public static final int MAP_ALIGNMENT_MASK = 0xff << MAP_ALIGNMENT_SHIFT;
    public static final int MAP_ALIGNED_SUPER = 1 << MAP_ALIGNMENT_SHIFT;
    /** The greatest protection is this much left of the protection. */
    public static final int PROT_MAX_SHIFT = 16;

    public static final int MS_SYNC = 0;
    public static final int MS_ASYNC = 1;
    public static final int MS_INVALIDATE = 2;

    public static final int MADV_NORMAL = 0;
    public static final int MADV_RANDOM = 1;
    public static final int MADV_SEQUENTIAL = 2;
    public static final int MADV_WILLNEED = 3;
    public static final int MADV_DONTNEED = 4;
    public static final int MADV_FREE = 5;
    public static final int MADV_NOSYNC = 6;
    public static final int MADV_AUTOSYNC = 7;
    public static final int MADV_NOCORE = 8;
    public static final int MADV_CORE = 9;
    public static final int MADV_PROTECT = 10;

    public static final int MCL_CURRENT = 1;
    public static final int MCL_FUTURE = 2;

    public static final int MINCORE_INCORE = 0x01;
    public static final int MINCORE_REFERENCED = 0x02;
    public static final int MINCORE_MODIFIED = 0x04;
    public static final int MINCORE_REFERENCED_OTHER = 0x08;
    public static final int MINCORE_MODIFIED_OTHER = 0x10;

    /** {@code PROT_*}. */
    public static final SymbolSet PROT = SymbolSet.bits("PROT_")
            .with("NONE", 0).with("READ", PROT_READ).with("WRITE", PROT_WRITE).with("EXEC", PROT_EXEC)
            .shifted("MAX", PROT_MAX_SHIFT, 8);

    /** {@code MAP_*}. */
    public static final SymbolSet MAP = SymbolSet.bits("MAP_")
            .with("FILE", 0).with("SHARED", MAP_SHARED).with("PRIVATE", MAP_PRIVATE).with("COPY", MAP_PRIVATE)
            .with("FIXED", MAP_FIXED).with("RENAME", MAP_RENAME).with("NORESERVE", MAP_NORESERVE)
            .with("HASSEMAPHORE", MAP_HASSEMAPHORE).with("STACK", MAP_STACK).with("NOSYNC", MAP_NOSYNC)
            .with("ANON", MAP_ANON).with("NOCORE", MAP_NOCORE).with("GUARD", MAP_GUARD).with("EXCL", MAP_EXCL)
            .with("PREFAULT_READ", MAP_PREFAULT_READ).with("32BIT", MAP_32BIT)
            .with("ALIGNED_SUPER", MAP_ALIGNED_SUPER).shifted("ALIGNED", MAP_ALIGNMENT_SHIFT, 256);

    /** {@code MS_*}. */
    public static final SymbolSet MS = SymbolSet.bits("MS_")
            .with("SYNC", MS_SYNC).with("ASYNC", MS_ASYNC).with("INVALIDATE", MS_INVALIDATE);

    /** {@code MADV_*}. */
    public static final SymbolSet MADV = SymbolSet.choice("MADV_")
            .with("NORMAL", MADV_NORMAL).with("RANDOM", MADV_RANDOM).with("SEQUENTIAL", MADV_SEQUENTIAL)
            .with("WILLNEED", MADV_WILLNEED).with("DONTNEED", MADV_DONTNEED).with("FREE", MADV_FREE)
            .with("NOSYNC", MADV_NOSYNC).with("AUTOSYNC", MADV_AUTOSYNC).with("NOCORE", MADV_NOCORE)
            .with("CORE", MADV_CORE).with("PROTECT", MADV_PROTECT);

    /** {@code INHERIT_*}. */
    public static final SymbolSet INHERIT =
            SymbolSet.choice("INHERIT_").with("SHARE", 0).with("COPY", 1).with("NONE", 2).with("ZERO", 3);

    /** {@code MCL_*}. */
    public static final SymbolSet MCL =
            SymbolSet.bits("MCL_").with("CURRENT", MCL_CURRENT).with("FUTURE", MCL_FUTURE);

    private MemorySymbols() {}
}
