// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.sched.errno.Errno;
import kernel.vm.page.PagePool;
import kernel.vm.pmap.VmProt;
import kernel.vm.syscall.SymbolSet;
import kernel.vm.syscall.SyscallFrame;

/** Calls that FreeBSD kept for 4.3BSD programs only, of {@code sys/vm/vm_mmap.c}, 2006. */
final class OldCalls {
    private static final int OMAP_ANON = 0x0002;
    private static final int OMAP_SHARED = 0x0010;
    private static final int OMAP_COPY = 0x0020;
    private static final int OMAP_FIXED = 0x0100;
    private static final int OLD_EXEC = 1;
    private static final int OLD_WRITE = 2;
    private static final int OLD_READ = 4;

    /** {@code OMAP_*}. */
    static final SymbolSet OMAP = SymbolSet.bits("OMAP_").with("ANON", OMAP_ANON).with("SHARED", OMAP_SHARED)
            .with("COPY", OMAP_COPY).with("FIXED", OMAP_FIXED);
    /** The protections of 4.3BSD, in the opposite order. */
    static final SymbolSet OPROT = SymbolSet.bits("OPROT_").with("NONE", 0).with("EXEC", OLD_EXEC)
            .with("WRITE", OLD_WRITE).with("READ", OLD_READ);

    private OldCalls() {}

    /** {@code sbrk} and {@code sstk}: never implemented. */
    static int unsupported(SyscallFrame frame) {
        return Errno.EOPNOTSUPP;
    }

    static int getPageSize(SyscallFrame frame) {
        frame.result(PagePool.PAGE_SIZE);
        return 0;
    }

    /** mmap with other bits; the length is a signed int, so that a negative one is too large. */
    static int mmap(SyscallFrame frame) {
        int old = frame.intArg(3);
        int flags = (old & OMAP_SHARED) != 0 ? MemorySymbols.MAP_SHARED : MemorySymbols.MAP_PRIVATE;
        flags |= (old & OMAP_COPY) != 0 ? MemorySymbols.MAP_PRIVATE : 0;
        flags |= (old & OMAP_ANON) != 0 ? MemorySymbols.MAP_ANON : 0;
        flags |= (old & OMAP_FIXED) != 0 ? MemorySymbols.MAP_FIXED : 0;
        return Mmap.call(frame, frame.intArg(1), protection(frame.intArg(2)), flags, frame.intArg(4), frame.arg(5));
    }

    private static int protection(int old) {
        return ((old & OLD_EXEC) != 0 ? VmProt.EXEC : 0)
                | ((old & OLD_WRITE) != 0 ? VmProt.WRITE : 0)
                | ((old & OLD_READ) != 0 ? VmProt.READ : 0);
    }
}
