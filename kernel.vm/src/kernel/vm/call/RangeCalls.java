// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.sched.errno.Errno;
import kernel.vm.map.MapProtect;
import kernel.vm.map.MapRemove;
import kernel.vm.map.MapSync;
import kernel.vm.map.VmLimits;
import kernel.vm.map.VmMap;
import kernel.vm.map.VmSpace;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmProfile;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.VmProt;
import kernel.vm.syscall.Caller;
import kernel.vm.syscall.SyscallFrame;

/** {@code munmap}, {@code mprotect}, {@code minherit}, {@code msync} of FreeBSD {@code sys/vm/vm_mmap.c}, 2006. */
final class RangeCalls {
    private RangeCalls() {}

    /** Refuses an empty range and, unlike later systems, any hole. */
    static int munmap(SyscallFrame frame) {
        VmMap map = frame.caller().vmspace().map();
        VmLimits limits = map.limits();
        long len = limits.word(frame.arg(1));
        if (len == 0) {
            return Errno.EINVAL;
        }
        long start = PageRange.start(limits, frame.arg(0));
        long end = PageRange.end(map, frame.arg(0), len);
        if (PageRange.refused(map, frame.arg(0), frame.arg(1), end)) {
            return Errno.EINVAL;
        }
        if (Long.compareUnsigned(start, limits.minAddress()) < 0
                || Long.compareUnsigned(end, limits.maxAddress()) > 0) {
            return Errno.EINVAL;
        }
        map.lock();
        boolean mapped = !map.context().profile().has(Quirk.UNMAP_WITHOUT_HOLES)
                || MapProtect.check(map, start, end, VmProt.NONE);
        if (mapped) {
            tellOfCode(frame.caller(), map, start, end);
            MapRemove.delete(map, start, end);
        }
        map.unlock();
        return mapped ? 0 : Errno.EINVAL;
    }

    /** Tells who wants to know that a range goes, if some of it can be executed. */
    private static void tellOfCode(Caller caller, VmMap map, long start, long end) {
        if (map.context().hooks().listens() && MapProtect.anyExecutable(map, start, end)) {
            map.context().hooks().unmapping(caller, start, end - start);
        }
    }

    /** Holes and addresses outside of the user's are ignored. */
    static int mprotect(SyscallFrame frame) {
        VmSpace space = frame.caller().vmspace();
        VmMap map = space.map();
        VmLimits limits = map.limits();
        VmProfile profile = map.context().profile();
        int bits = frame.intArg(2);
        if (MmapChecks.unknownProtection(profile, bits)) {
            return Errno.EINVAL;
        }
        int prot = VmMmap.readIsExec(limits, bits & VmProt.ALL);
        long start = PageRange.start(limits, frame.arg(0));
        long end = PageRange.end(map, frame.arg(0), frame.arg(1));
        if (PageRange.refused(map, frame.arg(0), frame.arg(1), end)) {
            return Errno.EINVAL;
        }
        int max = MmapChecks.maxProtection(profile, bits);
        if (max == 0) {
            return protectError(space.protect(start, end, prot));
        }
        if ((bits & ~max & VmProt.ALL) != 0) {
            return start == end ? 0 : Errno.ENOTSUP;
        }
        return protectError(space.protect(start, end, prot, VmMmap.readIsExec(limits, max)));
    }

    private static int protectError(int result) {
        return switch (result) {
            case KernResult.SUCCESS -> 0;
            case KernResult.PROTECTION_FAILURE -> Errno.EACCES;
            case KernResult.RESOURCE_SHORTAGE -> Errno.ENOMEM;
            default -> Errno.EINVAL;
        };
    }

    /** The inheritance is an 8-bit number in the original. */
    static int minherit(SyscallFrame frame) {
        VmMap map = frame.caller().vmspace().map();
        VmLimits limits = map.limits();
        long start = PageRange.start(limits, frame.arg(0));
        long end = PageRange.end(map, frame.arg(0), frame.arg(1));
        if (PageRange.refused(map, frame.arg(0), frame.arg(1), end)) {
            return Errno.EINVAL;
        }
        int inherit = frame.intArg(2);
        boolean cut = map.context().profile().has(Quirk.INHERIT_CUT);
        int result = MapProtect.inherit(map, start, end, cut ? (byte) inherit : inherit);
        return result == KernResult.SUCCESS ? 0 : Errno.EINVAL;
    }

    /** A length of 0 means the whole map entry. */
    static int msync(SyscallFrame frame) {
        VmMap map = frame.caller().vmspace().map();
        VmLimits limits = map.limits();
        int flags = frame.intArg(2);
        long start = PageRange.start(limits, frame.arg(0));
        long end = PageRange.end(map, frame.arg(0), frame.arg(1));
        if (PageRange.refused(map, frame.arg(0), frame.arg(1), end)) {
            return Errno.EINVAL;
        }
        int both = MemorySymbols.MS_ASYNC | MemorySymbols.MS_INVALIDATE;
        if ((flags & both) == both) {
            return Errno.EINVAL;
        }
        // DEVIATION: asynchronous writes happen at once too; only their errors are not reported.
        int result = MapSync.sync(map, start, end, (flags & MemorySymbols.MS_INVALIDATE) != 0);
        return switch (result) {
            case KernResult.SUCCESS -> 0;
            case KernResult.INVALID_ARGUMENT -> Errno.EBUSY;
            case KernResult.INVALID_ADDRESS ->
                map.context().profile().has(Quirk.MSYNC_HOLE_INVALID) ? Errno.EINVAL : Errno.ENOMEM;
            case KernResult.FAILURE -> (flags & MemorySymbols.MS_ASYNC) != 0 ? 0 : Errno.EIO;
            default -> Errno.EINVAL;
        };
    }
}
