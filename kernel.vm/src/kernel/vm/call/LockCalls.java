// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.sched.errno.Errno;
import kernel.vm.map.VmLimits;
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
        long end = end(limits, frame);
        if (wraps(limits, frame, end)) {
            return Errno.EINVAL;
        }
        long pages = end - start >>> PagePool.PAGE_SHIFT;
        long maxWired = context.tunables().maxWired();
        if (Long.compareUnsigned(pages, maxWired) > 0) {
            return Errno.ENOMEM;
        }
        // Pages that are locked already count twice.
        long bytes = pages + space.pmap().wiredCount() << PagePool.PAGE_SHIFT;
        if (bytes > frame.caller().limit(Resource.MEMLOCK)) {
            return Errno.ENOMEM;
        }
        if (pages + context.pages().wired() > maxWired) {
            return Errno.EAGAIN;
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
        long end = end(limits, frame);
        if (wraps(limits, frame, end)) {
            return Errno.EINVAL;
        }
        return space.unwire(start, end, false) == KernResult.SUCCESS ? 0 : Errno.ENOMEM;
    }

    private static long end(VmLimits limits, SyscallFrame frame) {
        return limits.roundPage(frame.arg(0) + frame.arg(1));
    }

    private static boolean wraps(VmLimits limits, SyscallFrame frame, long end) {
        long addr = limits.word(frame.arg(0));
        long last = limits.word(addr + frame.arg(1));
        return Long.compareUnsigned(last, addr) < 0 || Long.compareUnsigned(end, addr) < 0;
    }

    /** Wrong flags are found before missing privilege. There is no limit at all. */
    static int mlockall(SyscallFrame frame) {
        int how = frame.intArg(0);
        if (how == 0 || (how & ~(MemorySymbols.MCL_CURRENT | MemorySymbols.MCL_FUTURE)) != 0) {
            return Errno.EINVAL;
        }
        if (!frame.caller().superuser()) {
            return Errno.EPERM;
        }
        VmSpace space = frame.caller().vmspace();
        VmLimits limits = space.map().limits();
        if ((how & MemorySymbols.MCL_FUTURE) != 0) {
            space.wireFuture(true);
        }
        if ((how & MemorySymbols.MCL_CURRENT) != 0
                && space.wire(limits.minAddress(), limits.maxAddress(), true) != KernResult.SUCCESS) {
            return Errno.EAGAIN;
        }
        return 0;
    }

    static int munlockall(SyscallFrame frame) {
        if (!frame.caller().superuser()) {
            return Errno.EPERM;
        }
        VmSpace space = frame.caller().vmspace();
        VmLimits limits = space.map().limits();
        space.wireFuture(false);
        space.unwire(limits.minAddress(), limits.maxAddress(), true);
        return 0;
    }
}
