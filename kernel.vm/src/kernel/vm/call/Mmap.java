// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.sched.errno.Errno;
import kernel.vm.file.OpenFile;
import kernel.vm.hook.VmHooks;
import kernel.vm.map.MapFlags;
import kernel.vm.map.VmLimits;
import kernel.vm.map.VmSpace;
import kernel.vm.object.Feature;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmProfile;
import kernel.vm.page.PagePool;
import kernel.vm.pmap.VmProt;
import kernel.vm.syscall.Caller;
import kernel.vm.syscall.SyscallFrame;

/**
 * {@code mmap}: checks of the arguments and of the descriptor, in exactly the order of the original.
 *
 * <p>Models {@code mmap} of FreeBSD {@code sys/vm/vm_mmap.c}, HEAD of spring 2006; what later systems do otherwise is
 * in {@link MmapChecks}, by quirk and feature. {@link VmMmap} does the rest.
 */
final class Mmap {
    private static final long LOW_END = 1L << 31;

    private Mmap() {}

    static int call(SyscallFrame frame) {
        return call(frame, frame.arg(1), frame.intArg(2), frame.intArg(3), frame.intArg(4), frame.arg(5));
    }

    /** The call with these instead of the frame's arguments 1 to 5. */
    static int call(SyscallFrame frame, long length, int protection, int flagBits, int fd, long position) {
        Caller caller = frame.caller();
        VmSpace space = caller.vmspace();
        VmLimits limits = space.map().limits();
        VmProfile profile = space.map().context().profile();
        long len = limits.word(length);
        int flags = flagBits;
        long pos = position;
        int refusal = MmapChecks.arguments(profile, len, protection, flags, fd, pos);
        if (refusal != 0) {
            return refusal;
        }
        int prot = protection & VmProt.ALL;
        boolean negative = limits.wordBits() == 64 ? len < 0 : (int) len < 0;
        if (negative && profile.has(Quirk.NEGATIVE_LENGTH) || (flags & MemorySymbols.MAP_ANON) != 0 && fd != -1) {
            return Errno.EINVAL;
        }
        if ((flags & MemorySymbols.MAP_STACK) != 0) {
            int both = VmProt.READ | VmProt.WRITE;
            if (fd != -1 || (prot & both) != both) {
                return Errno.EINVAL;
            }
            flags |= MemorySymbols.MAP_ANON;
            pos = 0;
        }
        // Taken before an anonymous mapping forgets its position: the result then is not aligned.
        long pageOffset = pos & PagePool.PAGE_MASK;
        pos -= pageOffset;
        long size = limits.roundPage(len + pageOffset);
        refusal = MmapChecks.size(profile, limits, len, size, flags);
        if (refusal != 0) {
            return refusal;
        }
        boolean low = profile.has(Feature.MAP_FLAGS) && (flags & MemorySymbols.MAP_32BIT) != 0;
        long hint = limits.word(frame.arg(0));
        long addr;
        if ((flags & MemorySymbols.MAP_FIXED) != 0) {
            addr = limits.word(hint - pageOffset);
            if (!fixedRangeAllowed(limits, addr, size) || low && addr + size > LOW_END) {
                return Errno.EINVAL;
            }
        } else if (low) {
            addr = Long.compareUnsigned(hint + size, LOW_END) > 0 ? 0 : hint;
        } else {
            addr = placeHint(space, limits, hint);
        }
        OpenFile file = null;
        int maxProt = MmapChecks.maxProtection(profile, protection);
        maxProt = maxProt == 0 ? VmProt.ALL : maxProt;
        if ((flags & (MemorySymbols.MAP_ANON | guard(profile))) != 0) {
            pos = 0;
        } else {
            file = caller.files().get(fd);
            int error = MmapFile.error(profile, file, prot, flags, pos, size);
            if (error != 0) {
                return error;
            }
            if (file.has(OpenFile.SHARED_MEMORY)) {
                flags |= MemorySymbols.MAP_NOSYNC;
            }
            maxProt &= MmapFile.maxProtection(file, flags);
        }
        if (profile.has(Quirk.ENTRY_LIMIT) && tooManyEntries(space)) {
            return Errno.ENOMEM;
        }
        long at = VmMmap.map(caller, addr, size, prot, maxProt, flags, placing(profile, limits, prot, flags, hint),
                file == null ? null : file.vnode(), pos);
        if (at < 0) {
            return (int) -at;
        }
        VmHooks hooks = space.map().context().hooks();
        if (file != null && (prot & VmProt.EXEC) != 0 && hooks.listens()) {
            hooks.mapped(caller, file.vnode(), at);
        }
        frame.result(limits.word(at + pageOffset));
        return 0;
    }

    private static int guard(VmProfile profile) {
        return profile.has(Feature.MAP_FLAGS) ? MemorySymbols.MAP_GUARD : 0;
    }

    private static boolean tooManyEntries(VmSpace space) {
        long maxEntries = space.map().context().tunables().maxProcMmap();
        return maxEntries != 0 && space.map().entries() >= maxEntries * space.references();
    }

    private static boolean fixedRangeAllowed(VmLimits limits, long addr, long size) {
        long end = limits.word(addr + size);
        return (addr & PagePool.PAGE_MASK) == 0
                && Long.compareUnsigned(addr, limits.minAddress()) >= 0
                && Long.compareUnsigned(end, limits.maxAddress()) <= 0
                && Long.compareUnsigned(end, addr) >= 0;
    }

    /** Keeps mappings out of where the heap may grow, unless a hint below the text or above the heap is given. */
    private static long placeHint(VmSpace space, VmLimits limits, long addr) {
        long heapEnd = space.heapEnd();
        boolean inHeap = Long.compareUnsigned(addr, limits.roundPage(space.textAddress())) >= 0
                && Long.compareUnsigned(addr, heapEnd) < 0;
        return addr == 0 || inHeap ? heapEnd : addr;
    }

    /** How later systems choose the address of a mapping: {@link MapFlags}. */
    private static int placing(VmProfile profile, VmLimits limits, int prot, int flags, long hint) {
        int placing = profile.has(Feature.MAP_FLAGS) ? MmapChecks.placing(flags) : 0;
        if (hint != 0 || limits.wordBits() != 64 || !profile.has(Feature.RANDOM_ADDRESSES)) {
            return placing;
        }
        // Private anonymous mappings stay together, so that small ones do not scatter over the address space.
        int apart = MemorySymbols.MAP_SHARED | MemorySymbols.MAP_STACK | MemorySymbols.MAP_32BIT;
        boolean clusters = (flags & MemorySymbols.MAP_ANON) != 0 && (flags & apart) == 0 && prot != VmProt.NONE;
        return placing | MapFlags.RANDOM | (clusters ? MapFlags.CLUSTER : 0);
    }
}
