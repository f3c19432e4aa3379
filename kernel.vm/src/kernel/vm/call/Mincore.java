// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.sched.errno.Errno;
import kernel.vm.map.VmLimits;
import kernel.vm.map.VmMap;
import kernel.vm.map.VmMapEntry;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmProfile;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import kernel.vm.syscall.SyscallFrame;
import kernel.vm.syscall.UserMemory;

/**
 * {@code mincore} of FreeBSD {@code sys/vm/vm_mmap.c}, 2006.
 *
 * <p>Looks at the pmap first and then at the top object only. The map is unlocked around every store of a byte, and
 * the scan starts again (in the original without going back) when the map changed meanwhile.
 */
final class Mincore {
    private Mincore() {}

    static int call(SyscallFrame frame) {
        VmMap map = frame.caller().vmspace().map();
        VmLimits limits = map.limits();
        VmProfile profile = map.context().profile();
        long first = limits.truncatePage(frame.arg(0));
        long end = profile.has(Quirk.MINCORE_DROPS_OFFSET)
                ? limits.word(first + limits.roundPage(frame.arg(1)))
                : limits.roundPage(frame.arg(0) + frame.arg(1));
        if (Long.compareUnsigned(end, limits.maxAddress()) > 0 || Long.compareUnsigned(end, first) < 0) {
            return Errno.ENOMEM;
        }
        boolean huge = limits.word(frame.arg(1)) != 0 && limits.roundPage(frame.arg(1)) == 0;
        if (huge && !profile.has(Quirk.MINCORE_HUGE_EMPTY)) {
            return Errno.ENOMEM;
        }
        if (end - first >> PagePool.PAGE_SHIFT > Integer.MAX_VALUE && profile.has(Quirk.MINCORE_INDEX_OVERFLOWS)) {
            map.context().hazard("mincore: the range from 0x" + Long.toHexString(first) + " to 0x"
                    + Long.toHexString(end) + " has more pages than an int can count; bytes would be stored below the "
                    + "vector");
            return Errno.EFAULT;
        }
        Vector vector =
                new Vector(frame.memory(), limits.word(frame.arg(2)), profile.has(Quirk.MINCORE_STORES_TOO_LOW));
        return scan(map, first, end, vector);
    }

    /** The byte vector of the caller. */
    private static final class Vector {
        private final UserMemory memory;
        private final long address;
        private final boolean tooLow;
        private long last;

        Vector(UserMemory memory, long address, boolean tooLow) {
            this.memory = memory;
            this.address = address;
            this.tooLow = tooLow;
        }

        void restart() {
            last = -1;
        }

        /** Zeroes what was skipped before an index: the original stores one place too low. */
        boolean zeroUpTo(long index) {
            while (last + 1 < index) {
                if (memory.store8(address + (tooLow ? last : last + 1), 0) != 0) {
                    return false;
                }
                last++;
            }
            return true;
        }

        boolean store(long index, int value) {
            return zeroUpTo(index) && memory.store8(address + index, value) == 0;
        }

        void stored(long index) {
            last = index;
        }
    }

    private static int scan(VmMap map, long first, long end, Vector vector) {
        long addr = first;
        map.lockRead();
        while (true) {
            int timestamp = map.timestamp();
            addr = map.context().profile().has(Quirk.MINCORE_RESTART_FORGETS) ? addr : first;
            VmMapEntry entry = map.lookup(addr);
            if (entry == null) {
                map.unlockRead();
                return Errno.ENOMEM;
            }
            vector.restart();
            VmMapEntry current = entry;
            boolean changed = false;
            while (!changed && current != null && current.start() < end) {
                if (hole(map, entry, current, end)) {
                    map.unlockRead();
                    return Errno.ENOMEM;
                }
                if (current.object() != null) {
                    addr = Math.max(addr, current.start());
                    long entryEnd = Math.min(current.end(), end);
                    while (!changed && addr < entryEnd) {
                        int info = info(map, current, addr);
                        long index = addr - first >> PagePool.PAGE_SHIFT;
                        map.unlockRead();
                        if (!vector.store(index, info)) {
                            return Errno.EFAULT;
                        }
                        map.lockRead();
                        changed = timestamp != map.timestamp();
                        if (!changed) {
                            vector.stored(index);
                            addr += PagePool.PAGE_SIZE;
                        }
                    }
                }
                current = changed ? current : current.next();
            }
            if (!changed) {
                map.unlockRead();
                if (!vector.zeroUpTo(end - first >> PagePool.PAGE_SHIFT)) {
                    return Errno.EFAULT;
                }
                map.lockRead();
                if (timestamp == map.timestamp()) {
                    map.unlockRead();
                    return 0;
                }
            }
        }
    }

    /** The original looks behind the first entry, and the end of the list looks like an entry without a gap. */
    private static boolean hole(VmMap map, VmMapEntry first, VmMapEntry current, long end) {
        if (current.end() >= end) {
            return false;
        }
        boolean neighbourGone = map.context().profile().has(Quirk.MINCORE_TESTS_FIRST_NEIGHBOUR)
                ? first.next() == null
                : current.next() == null;
        return neighbourGone || current.next() != null && current.next().start() > current.end();
    }

    private static int info(VmMap map, VmMapEntry entry, long addr) {
        int info = map.pmap().mincore(addr);
        if (info != 0) {
            return info;
        }
        VmContext context = map.context();
        if (!context.profile().has(Quirk.MINCORE_SEES_OTHERS)) {
            return 0;
        }
        VmPage page = context.profile().has(Quirk.MINCORE_TOP_OBJECT_ONLY)
                ? context.pages().find(entry.object(), entry.indexOf(addr))
                : context.objects().findInChain(entry.object(), entry.indexOf(addr));
        if (page == null || page.valid() == 0) {
            return 0;
        }
        info = MemorySymbols.MINCORE_INCORE;
        if (page.unmanaged()) {
            return info;
        }
        if (page.dirty() != 0 || context.pmap().isModified(page)) {
            info |= MemorySymbols.MINCORE_MODIFIED_OTHER;
        }
        if (page.referenced() || context.pmap().tsReferenced(page) != 0) {
            page.markReferenced();
            info |= MemorySymbols.MINCORE_REFERENCED_OTHER;
        }
        return info;
    }
}
