// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.sched.errno.Errno;
import kernel.vm.map.EntryFlags;
import kernel.vm.map.MapAdvise;
import kernel.vm.map.MapProtect;
import kernel.vm.map.VmLimits;
import kernel.vm.map.VmMap;
import kernel.vm.object.ObjectPages.Advice;
import kernel.vm.object.Quirk;
import kernel.vm.page.PagePool;
import kernel.vm.pmap.VmProt;
import kernel.vm.syscall.SyscallFrame;

/** {@code madvise} of FreeBSD {@code sys/vm/vm_mmap.c}, 2006; it never destroys data except with MADV_FREE. */
final class Madvise {
    private Madvise() {}

    static int call(SyscallFrame frame) {
        int behaviour = frame.intArg(2);
        if (behaviour == MemorySymbols.MADV_PROTECT) {
            if (!frame.caller().superuser()) {
                return Errno.EPERM;
            }
            frame.caller().protectFromReclaim();
            return 0;
        }
        if (behaviour < 0 || behaviour > MemorySymbols.MADV_CORE) {
            return Errno.EINVAL;
        }
        VmMap map = frame.caller().vmspace().map();
        VmLimits limits = map.limits();
        long addr = limits.word(frame.arg(0));
        long last = limits.word(addr + frame.arg(1));
        if (Long.compareUnsigned(addr, limits.minAddress()) < 0
                || Long.compareUnsigned(last, limits.maxAddress()) > 0
                || Long.compareUnsigned(last, addr) < 0) {
            return Errno.EINVAL;
        }
        long start = limits.truncatePage(addr);
        long end = frame.arg(1) == 0 && !map.context().profile().has(Quirk.EMPTY_UNALIGNED)
                ? start
                : limits.roundPage(last);
        int refusal = strict(map, addr, end);
        if (refusal == 0) {
            advise(map, start, end, behaviour);
        }
        return refusal;
    }

    /** What Linux finds wrong: an unaligned address, and holes. */
    private static int strict(VmMap map, long addr, long end) {
        if (map.context().profile().has(Quirk.ADVICE_ROUNDS)) {
            return 0;
        }
        if ((addr & PagePool.PAGE_MASK) != 0) {
            return Errno.EINVAL;
        }
        map.lockRead();
        boolean mapped = addr == end || MapProtect.check(map, addr, end, VmProt.NONE);
        map.unlockRead();
        return mapped ? 0 : Errno.ENOMEM;
    }

    private static void advise(VmMap map, long start, long end, int behaviour) {
        int behaviourBits = EntryFlags.BEHAV_MASK;
        switch (behaviour) {
            case MemorySymbols.MADV_NORMAL -> MapAdvise.flags(map, start, end, behaviourBits, 0);
            case MemorySymbols.MADV_RANDOM ->
                MapAdvise.flags(map, start, end, behaviourBits, EntryFlags.BEHAV_RANDOM);
            case MemorySymbols.MADV_SEQUENTIAL ->
                MapAdvise.flags(map, start, end, behaviourBits, EntryFlags.BEHAV_SEQUENTIAL);
            case MemorySymbols.MADV_NOSYNC -> MapAdvise.flags(map, start, end, 0, EntryFlags.NOSYNC);
            case MemorySymbols.MADV_AUTOSYNC -> MapAdvise.flags(map, start, end, EntryFlags.NOSYNC, 0);
            case MemorySymbols.MADV_NOCORE -> MapAdvise.flags(map, start, end, 0, EntryFlags.NOCOREDUMP);
            case MemorySymbols.MADV_CORE -> MapAdvise.flags(map, start, end, EntryFlags.NOCOREDUMP, 0);
            case MemorySymbols.MADV_WILLNEED -> MapAdvise.pages(map, start, end, Advice.WILL_NEED);
            case MemorySymbols.MADV_DONTNEED -> MapAdvise.pages(map, start, end, Advice.DONT_NEED);
            default -> MapAdvise.pages(map, start, end, Advice.FREE);
        }
    }
}
