// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.vm.file.FileFlags;
import kernel.vm.file.OpenFlags;
import kernel.vm.syscall.SymbolSet;

/** Names of the constants of the file calls ({@code sys/fcntl.h}, {@code sys/unistd.h}). */
public final class FileSymbols {
    public static final int SEEK_SET = 0;
    public static final int SEEK_CUR = 1;
    public static final int SEEK_END = 2;
    public static final int F_GETFL = 3;
    public static final int F_SETFL = 4;

    /** {@code O_*}; the access mode is a number, not bits, but its names combine in the same way. */
    public static final SymbolSet OPEN = SymbolSet.bits("O_")
            .with("RDONLY", OpenFlags.READ_ONLY).with("WRONLY", OpenFlags.WRITE_ONLY)
            .with("RDWR", OpenFlags.READ_WRITE).with("APPEND", OpenFlags.APPEND)
            .with("CREAT", OpenFlags.CREATE).with("TRUNC", OpenFlags.TRUNCATE)
            .with("EXCL", OpenFlags.EXCLUSIVE).with("NONBLOCK", OpenFlags.NONBLOCK)
            .with("CLOEXEC", OpenFlags.CLOSE_ON_EXEC);

    /** {@code F_*}. */
    public static final SymbolSet FCNTL = SymbolSet.choice("F_").with("GETFL", F_GETFL).with("SETFL", F_SETFL);

    /** {@code SEEK_*}. */
    public static final SymbolSet SEEK =
            SymbolSet.choice("SEEK_").with("SET", SEEK_SET).with("CUR", SEEK_CUR).with("END", SEEK_END);

    /** {@code UF_*} and {@code SF_*}. */
    public static final SymbolSet FLAGS = SymbolSet.bits("")
            .with("UF_NODUMP", FileFlags.UF_NODUMP).with("UF_IMMUTABLE", FileFlags.UF_IMMUTABLE)
            .with("UF_APPEND", FileFlags.UF_APPEND).with("UF_NOUNLINK", FileFlags.UF_NOUNLINK)
            .with("SF_ARCHIVED", FileFlags.SF_ARCHIVED).with("SF_IMMUTABLE", FileFlags.SF_IMMUTABLE)
            .with("SF_APPEND", FileFlags.SF_APPEND).with("SF_NOUNLINK", FileFlags.SF_NOUNLINK);

    private FileSymbols() {}
}
