// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.sched.errno.Errno;
import kernel.vm.file.OpenFile;
import kernel.vm.file.Vnode;
import kernel.vm.file.VnodeType;
import kernel.vm.map.MapFlags;
import kernel.vm.map.MapInsert;
import kernel.vm.map.MapProtect;
import kernel.vm.map.MapRemove;
import kernel.vm.map.MapStack;
import kernel.vm.map.VmInherit;
import kernel.vm.map.VmLimits;
import kernel.vm.map.VmMap;
import kernel.vm.map.VmSpace;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmObject;
import kernel.vm.object.VmProfile;
import kernel.vm.page.PagePool;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.VmProt;
import kernel.vm.syscall.Caller;
import kernel.vm.syscall.Resource;
import kernel.vm.syscall.SyscallFrame;

/**
 * {@code mmap}: checks, object, mapping, in exactly the order of the original.
 *
 * <p>Models {@code mmap}, {@code vm_mmap} and {@code vm_mmap_vnode} of FreeBSD {@code sys/vm/vm_mmap.c}, HEAD of
 * spring 2006; what later systems do otherwise is in {@link MmapChecks}, by quirk.
 */
final class Mmap {
    private Mmap() {}

    static int call(SyscallFrame frame) {
        return call(frame, frame.arg(1), frame.intArg(2), frame.intArg(3), frame.intArg(4), frame.arg(5));
    }

    /** The call with these instead of the frame's arguments 1 to 5. */
    static int call(SyscallFrame frame, long length, int protection, int flagBits, int fd, long position) {
        Caller caller = frame.caller();
        VmSpace space = caller.vmspace();
        VmLimits limits = space.map().limits();
        long addr = limits.word(frame.arg(0));
        long len = limits.word(length);
        int flags = flagBits;
        long pos = position;
        VmProfile profile = space.map().context().profile();
        int refusal = MmapChecks.arguments(profile, len, protection, flags, pos);
        if (refusal != 0) {
            return refusal;
        }
        int prot = protection & VmProt.ALL;
        boolean negative = limits.wordBits() == 64 ? len < 0 : (int) len < 0;
        if (negative || (flags & MemorySymbols.MAP_ANON) != 0 && fd != -1) {
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
        if ((flags & MemorySymbols.MAP_FIXED) != 0) {
            addr = limits.word(addr - pageOffset);
            if (!fixedRangeAllowed(limits, addr, size)) {
                return Errno.EINVAL;
            }
        } else {
            addr = placeHint(caller, limits, addr);
        }
        int maxProt = VmProt.ALL;
        Vnode vnode = null;
        if ((flags & MemorySymbols.MAP_ANON) != 0) {
            pos = 0;
        } else {
            OpenFile file = caller.files().get(fd);
            int error = fileError(file, prot, flags);
            if (error != 0) {
                return error;
            }
            if (file.has(OpenFile.SHARED_MEMORY)) {
                flags |= MemorySymbols.MAP_NOSYNC;
            }
            vnode = file.vnode();
            maxProt = maxProtection(file, flags);
            error = MmapChecks.file(profile, prot, maxProt, pos, size);
            if (error != 0) {
                return error;
            }
        }
        long maxEntries = space.map().context().tunables().maxProcMmap();
        if (maxEntries != 0 && space.map().entries() >= maxEntries * space.references()) {
            return Errno.ENOMEM;
        }
        return map(frame, space, addr, size, prot, maxProt, flags, vnode, pos, pageOffset);
    }

    private static boolean fixedRangeAllowed(VmLimits limits, long addr, long size) {
        long end = limits.word(addr + size);
        return (addr & PagePool.PAGE_MASK) == 0
                && Long.compareUnsigned(addr, limits.minAddress()) >= 0
                && Long.compareUnsigned(end, limits.maxAddress()) <= 0
                && Long.compareUnsigned(end, addr) >= 0;
    }

    /** Keeps mappings out of where the heap may grow, unless a hint below the text or above the heap is given. */
    private static long placeHint(Caller caller, VmLimits limits, long addr) {
        VmSpace space = caller.vmspace();
        long heapEnd = limits.roundPage(space.dataAddress() + caller.hardLimit(Resource.DATA));
        boolean inHeap = Long.compareUnsigned(addr, limits.roundPage(space.textAddress())) >= 0
                && Long.compareUnsigned(addr, heapEnd) < 0;
        return addr == 0 || inHeap ? heapEnd : addr;
    }

    private static int fileError(OpenFile file, int prot, int flags) {
        if (file == null) {
            return Errno.EBADF;
        }
        if (file.vnode() == null) {
            return Errno.ENODEV;
        }
        if (!file.has(OpenFile.READ) && (prot & VmProt.READ) != 0) {
            return Errno.EACCES;
        }
        boolean shared = (flags & MemorySymbols.MAP_SHARED) != 0;
        return shared && !file.has(OpenFile.WRITE) && (prot & VmProt.WRITE) != 0 ? Errno.EACCES : 0;
    }

    private static int maxProtection(OpenFile file, int flags) {
        int max = (file.vnode().flags() & Vnode.NOEXEC) != 0 ? VmProt.NONE : VmProt.EXEC;
        if (file.has(OpenFile.READ)) {
            max |= VmProt.READ;
        }
        boolean device = file.vnode().type() == VnodeType.ZERO_DEVICE;
        if ((flags & MemorySymbols.MAP_SHARED) == 0 && !device || file.has(OpenFile.WRITE)) {
            max |= VmProt.WRITE;
        }
        return max;
    }

    /** {@code vm_mmap}. */
    private static int map(
            SyscallFrame frame, VmSpace space, long wish, long size, int prot, int maxProt, int flags, Vnode vnode,
            long pos, long pageOffset) {
        VmMap map = space.map();
        VmLimits limits = map.limits();
        if (size == 0) {
            frame.result(limits.word(wish + pageOffset));
            return 0;
        }
        long newSize = map.sizeBytes() + size;
        if (Long.compareUnsigned(newSize, frame.caller().limit(Resource.VMEM)) > 0) {
            return Errno.ENOMEM;
        }
        boolean fixed = (flags & MemorySymbols.MAP_FIXED) != 0;
        long addr = fixed ? wish : limits.roundPage(wish);
        boolean early = map.context().profile().has(Quirk.UNMAP_BEFORE_CHECK);
        if (fixed && early) {
            MapRemove.remove(map, addr, addr + size);
        }
        VmObject object = null;
        int max = maxProt;
        int docow = 0;
        if (vnode != null && vnode.type() == VnodeType.ZERO_DEVICE) {
            max = VmProt.ALL;
        } else if (vnode != null) {
            int error = vnodeError(vnode, prot, flags);
            if (error != 0) {
                return error;
            }
            if (sharedAndProtected(vnode, flags)) {
                max &= ~VmProt.WRITE;
            }
            object = vnode.mappableObject();
            map.context().objects().reference(object);
            docow = fileFlags(vnode, flags);
        }
        if (fixed && !early) {
            MapRemove.remove(map, addr, addr + size);
        }
        docow |= (flags & MemorySymbols.MAP_NOSYNC) != 0 ? MapFlags.DISABLE_SYNCER : 0;
        docow |= (flags & MemorySymbols.MAP_NOCORE) != 0 ? MapFlags.DISABLE_COREDUMP : 0;
        int protection = readIsExec(limits, prot);
        long at = place(space, object, pos, addr, size, protection, readIsExec(limits, max), flags, docow);
        if (at < 0) {
            map.context().objects().deallocate(object);
            return errno((int) -at);
        }
        if ((flags & MemorySymbols.MAP_SHARED) != 0) {
            MapProtect.inherit(map, at, at + size, VmInherit.SHARE);
        }
        if (space.wireFuture()) {
            // The result is ignored, and so are the limits, as in the original.
            space.wire(at, at + size, false);
        }
        frame.result(limits.word(at + pageOffset));
        return 0;
    }

    private static int vnodeError(Vnode vnode, int prot, int flags) {
        if (vnode.type() != VnodeType.REGULAR) {
            return Errno.EINVAL;
        }
        return sharedAndProtected(vnode, flags) && (prot & VmProt.WRITE) != 0 ? Errno.EPERM : 0;
    }

    private static boolean sharedAndProtected(Vnode vnode, int flags) {
        int unwritable = Vnode.SNAPSHOT | Vnode.IMMUTABLE | Vnode.APPEND_ONLY;
        return (flags & MemorySymbols.MAP_SHARED) != 0 && (vnode.flags() & unwritable) != 0;
    }

    private static int fileFlags(Vnode vnode, int flags) {
        int docow = MapFlags.PREFAULT_PARTIAL;
        if ((flags & MemorySymbols.MAP_SHARED) == 0) {
            docow |= MapFlags.COPY_ON_WRITE;
        }
        if (vnode.links() == 0) {
            docow |= MapFlags.DISABLE_SYNCER;
        }
        return docow;
    }

    private static int readIsExec(VmLimits limits, int prot) {
        return limits.readIsExec() && (prot & VmProt.READ) != 0 ? prot | VmProt.EXEC : prot;
    }

    private static long place(
            VmSpace space, VmObject object, long pos, long addr, long size, int prot, int max, int flags, int docow) {
        VmMap map = space.map();
        boolean fixed = (flags & MemorySymbols.MAP_FIXED) != 0;
        long wish = fixed ? addr : map.pmap().module().addressHint(addr, size);
        if ((flags & MemorySymbols.MAP_STACK) != 0) {
            int result = MapStack.insert(space, wish, size, prot, max, docow);
            return result == KernResult.SUCCESS ? wish : -result;
        }
        return MapInsert.find(map, object, pos, wish, size, !fixed, prot, max, docow);
    }

    private static int errno(int result) {
        return switch (result) {
            case KernResult.INVALID_ADDRESS, KernResult.NO_SPACE -> Errno.ENOMEM;
            case KernResult.PROTECTION_FAILURE -> Errno.EACCES;
            default -> Errno.EINVAL;
        };
    }
}
