// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.vm.file.OpenFlags;
import kernel.vm.syscall.SymbolSet;

/** Names of the constants of the file calls ({@code sys/fcntl.h}, {@code sys/unistd.h}). */
public final class FileSymbols {
    public static final int SEEK_SET = 0;
    public static final int SEEK_CUR = 1;
    public static final int SEEK_END = 2;

    /** {@code O_*}; the access mode is a number, not bits, but its names combine in the same way. */
    public static final SymbolSet OPEN = SymbolSet.bits("O_")
            .with("RDONLY", OpenFlags.READ_ONLY).with("WRONLY", OpenFlags.WRITE_ONLY)
            .with("RDWR", OpenFlags.READ_WRITE).with("APPEND", OpenFlags.APPEND)
            .with("CREAT", OpenFlags.CREATE).with("TRUNC", OpenFlags.TRUNCATE)
            .with("EXCL", OpenFlags.EXCLUSIVE);

    /** {@code SEEK_*}. */
    public static final SymbolSet SEEK =
            SymbolSet.choice("SEEK_").with("SET", SEEK_SET).with("CUR", SEEK_CUR).with("END", SEEK_END);

    private FileSymbols() {}
}
