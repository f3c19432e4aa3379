// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.sched.errno.Errno;
import kernel.vm.map.VmLimits;
import kernel.vm.map.VmMap;
import kernel.vm.map.VmSpace;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmContext;
import kernel.vm.page.PagePool;
import kernel.vm.pmap.KernResult;
import kernel.vm.syscall.Resource;
import kernel.vm.syscall.SyscallFrame;

/**
 * {@code mlock}, {@code munlock}, {@code mlockall}, {@code munlockall} of FreeBSD {@code sys/vm/vm_mmap.c}, 2006.
 */
final class LockCalls {
    private LockCalls() {}

    static int mlock(SyscallFrame frame) {
        if (!mayLock(frame)) {
            return Errno.EPERM;
        }
        VmSpace space = frame.caller().vmspace();
        VmLimits limits = space.map().limits();
        VmContext context = space.map().context();
        long start = limits.truncatePage(frame.arg(0));
        long end = end(space, frame);
        if (wraps(limits, frame, end)) {
            return Errno.EINVAL;
        }
        long pages = end - start >>> PagePool.PAGE_SHIFT;
        long maxWired = context.tunables().maxWired();
        if (Long.compareUnsigned(pages, maxWired) > 0) {
            return Errno.ENOMEM;
        }
        boolean twice = context.profile().has(Quirk.LOCKED_COUNTS_TWICE);
        long counted = twice ? pages : pages - space.lockedPages(start, end);
        long bytes = counted + space.pmap().wiredCount() << PagePool.PAGE_SHIFT;
        if (bytes > frame.caller().limit(Resource.MEMLOCK)) {
            return Errno.ENOMEM;
        }
        if (pages + context.pages().wired() > maxWired) {
            return context.profile().has(Quirk.LOCK_TRY_AGAIN) ? Errno.EAGAIN : Errno.ENOMEM;
        }
        return space.wire(start, end, false) == KernResult.SUCCESS ? 0 : Errno.ENOMEM;
    }

    private static boolean mayLock(SyscallFrame frame) {
        VmContext context = frame.caller().vmspace().map().context();
        return frame.caller().superuser() || !context.profile().has(Quirk.LOCKING_PRIVILEGED);
    }

    static int munlock(SyscallFrame frame) {
        if (!mayLock(frame)) {
            return Errno.EPERM;
        }
        VmSpace space = frame.caller().vmspace();
        VmLimits limits = space.map().limits();
        long start = limits.truncatePage(frame.arg(0));
        long end = end(space, frame);
        if (wraps(limits, frame, end)) {
            return Errno.EINVAL;
        }
        return space.unwire(start, end, false) == KernResult.SUCCESS ? 0 : Errno.ENOMEM;
    }

    private static long end(VmSpace space, SyscallFrame frame) {
        VmMap map = space.map();
        VmLimits limits = map.limits();
        boolean nothing = limits.word(frame.arg(1)) == 0 && !map.context().profile().has(Quirk.EMPTY_UNALIGNED);
        return nothing ? limits.truncatePage(frame.arg(0)) : limits.roundPage(frame.arg(0) + frame.arg(1));
    }

    private static boolean wraps(VmLimits limits, SyscallFrame frame, long end) {
        long addr = limits.word(frame.arg(0));
        long last = limits.word(addr + frame.arg(1));
        boolean nothing = last == addr && end == limits.truncatePage(addr);
        return Long.compareUnsigned(last, addr) < 0 || !nothing && Long.compareUnsigned(end, addr) < 0;
    }

    /** In the original wrong flags are found before missing privilege, and there is no limit at all. */
    static int mlockall(SyscallFrame frame) {
        VmSpace space = frame.caller().vmspace();
        boolean unlimited = space.map().context().profile().has(Quirk.LOCK_ALL_UNLIMITED);
        if (!unlimited && !mayLock(frame)) {
            return Errno.EPERM;
        }
        int how = frame.intArg(0);
        if (how == 0 || (how & ~(MemorySymbols.MCL_CURRENT | MemorySymbols.MCL_FUTURE)) != 0) {
            return Errno.EINVAL;
        }
        if (unlimited && !mayLock(frame)) {
            return Errno.EPERM;
        }
        boolean current = (how & MemorySymbols.MCL_CURRENT) != 0;
        if (current && !unlimited && space.map().sizeBytes() > frame.caller().limit(Resource.MEMLOCK)) {
            return Errno.ENOMEM;
        }
        boolean before = space.wireFuture();
        if ((how & MemorySymbols.MCL_FUTURE) != 0) {
            space.wireFuture(true);
        }
        int result = current ? lockEverything(space) : KernResult.SUCCESS;
        if (result == KernResult.SUCCESS) {
            return 0;
        }
        if (!space.map().context().profile().has(Quirk.FAILED_LOCK_KEEPS_FUTURE)) {
            space.wireFuture(before);
        }
        return result == KernResult.RESOURCE_SHORTAGE && !unlimited ? Errno.ENOMEM : Errno.EAGAIN;
    }

    private static int lockEverything(VmSpace space) {
        VmLimits limits = space.map().limits();
        return space.wire(limits.minAddress(), limits.maxAddress(), true);
    }

    static int munlockall(SyscallFrame frame) {
        if (!mayLock(frame)) {
            return Errno.EPERM;
        }
        VmSpace space = frame.caller().vmspace();
        VmLimits limits = space.map().limits();
        space.wireFuture(false);
        space.unwire(limits.minAddress(), limits.maxAddress(), true);
        return 0;
    }
}
