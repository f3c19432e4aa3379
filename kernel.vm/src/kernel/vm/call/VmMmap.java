// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.sched.errno.Errno;
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
import kernel.vm.object.Feature;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmObject;
import kernel.vm.object.VmProfile;
import kernel.vm.page.PagePool;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.VmProt;
import kernel.vm.syscall.Caller;

/**
 * Maps anonymous memory or a file for {@code mmap} and for callers inside the kernel.
 *
 * <p>Models {@code vm_mmap} and {@code vm_mmap_vnode} of FreeBSD {@code sys/vm/vm_mmap.c}, HEAD of spring 2006.
 */
public final class VmMmap {
    private VmMmap() {}

    /**
     * Maps something; on an LWP or at a safe point, without locks; may block.
     *
     * @param caller whose space it is, and whose rights count
     * @param wish the address, or with MAP_FIXED the exact one
     * @param size a page multiple; 0 maps nothing
     * @param mapFlags {@code MAP_*} of {@link MemorySymbols}
     * @param placing how space is searched, {@link MapFlags}
     * @param vnode the file, or null for anonymous memory and guards
     * @param pos where in the file, a page multiple
     * @return the address, or a negated errno
     */
    public static long map(
            Caller caller, long wish, long size, int prot, int maxProt, int mapFlags, int placing, Vnode vnode, long pos) {
        int flags = mapFlags;
        VmSpace space = caller.vmspace();
        VmMap map = space.map();
        VmProfile profile = map.context().profile();
        if (size == 0) {
            return wish;
        }
        long newSize = map.sizeBytes() + size;
        if (Long.compareUnsigned(newSize, space.limits().spaceLimitBytes()) > 0 || !space.mayLockMore(size)) {
            return -Errno.ENOMEM;
        }
        boolean fixed = (flags & MemorySymbols.MAP_FIXED) != 0;
        if ((pos & PagePool.PAGE_MASK) != 0 || fixed && (wish & PagePool.PAGE_MASK) != 0) {
            return -Errno.EINVAL;
        }
        long addr = fixed ? wish : map.limits().roundPage(wish);
        boolean later = profile.has(Feature.MAP_FLAGS);
        boolean replaces = fixed && !(later && (flags & MemorySymbols.MAP_EXCL) != 0);
        boolean early = profile.has(Quirk.UNMAP_BEFORE_CHECK);
        if (replaces && early) {
            MapRemove.remove(map, addr, addr + size);
        }
        VmObject object = null;
        long offset = 0;
        int max = maxProt;
        int docow = 0;
        if (vnode != null && vnode.type() == VnodeType.ZERO_DEVICE) {
            max = VmProt.ALL;
            offset = profile.has(Quirk.ZERO_DEVICE_POSITION) ? pos : 0;
        } else if (vnode != null) {
            boolean device = vnode.type() == VnodeType.DEVICE;
            int error = device
                    ? deviceError(vnode, prot, max, flags, pos, size)
                    : vnodeError(caller, vnode, prot, flags);
            if (error != 0) {
                return -error;
            }
            // Mappings of a device show its memory, whatever was asked for.
            flags |= device ? MemorySymbols.MAP_SHARED : 0;
            if (sharedAndProtected(vnode, flags)) {
                max &= ~VmProt.WRITE;
            }
            object = vnode.mappableObject();
            map.context().objects().reference(object);
            offset = pos;
            boolean whole = later && (flags & MemorySymbols.MAP_PREFAULT_READ) != 0;
            docow = (whole ? MapFlags.PREFAULT : MapFlags.PREFAULT_PARTIAL) | fileFlags(vnode, flags);
        }
        docow |= replaces && !early ? MapFlags.REPLACE : 0;
        docow |= (flags & MemorySymbols.MAP_NOSYNC) != 0 ? MapFlags.DISABLE_SYNCER : 0;
        docow |= (flags & MemorySymbols.MAP_NOCORE) != 0 ? MapFlags.DISABLE_COREDUMP : 0;
        if (later && (flags & MemorySymbols.MAP_GUARD) != 0) {
            docow |= MapFlags.GUARD;
            max = VmProt.NONE;
        }
        VmLimits limits = map.limits();
        long at = place(space, object, offset, addr, size, readIsExec(limits, prot), readIsExec(limits, max), flags,
                docow | placing);
        if (at < 0) {
            map.context().objects().deallocate(object);
            return -errno((int) -at);
        }
        finish(space, at, size, flags);
        return at;
    }

    /** The driver is asked for every page ({@code vm_mmap_cdev}). */
    private static int deviceError(Vnode vnode, int prot, int maxProt, int flags, long pos, long size) {
        if ((prot & ~maxProt & VmProt.WRITE) != 0) {
            return Errno.EACCES;
        }
        return (flags & MemorySymbols.MAP_PRIVATE) != 0 || !vnode.growDevice(pos, size, prot) ? Errno.EINVAL : 0;
    }

    private static int vnodeError(Caller caller, Vnode vnode, int prot, int flags) {
        if (vnode.type() != VnodeType.REGULAR) {
            return Errno.EINVAL;
        }
        int refusal = caller.vmspace().map().context().hooks().checkMap(caller, vnode, prot, flags);
        if (refusal != 0) {
            return refusal;
        }
        return sharedAndProtected(vnode, flags) && (prot & VmProt.WRITE) != 0 ? Errno.EPERM : 0;
    }

    private static boolean sharedAndProtected(Vnode vnode, int flags) {
        int unwritable = Vnode.SNAPSHOT | Vnode.IMMUTABLE | Vnode.APPEND_ONLY;
        return (flags & MemorySymbols.MAP_SHARED) != 0 && (vnode.flags() & unwritable) != 0;
    }

    private static int fileFlags(Vnode vnode, int flags) {
        int copy = (flags & MemorySymbols.MAP_SHARED) == 0 ? MapFlags.COPY_ON_WRITE : 0;
        return copy | (vnode.links() == 0 ? MapFlags.DISABLE_SYNCER : 0);
    }

    /** Adds EXEC where READ implies it. */
    static int readIsExec(VmLimits limits, int prot) {
        return limits.readIsExec() && (prot & VmProt.READ) != 0 ? prot | VmProt.EXEC : prot;
    }

    private static long place(
            VmSpace space, VmObject object, long pos, long addr, long size, int prot, int max, int flags, int docow) {
        VmMap map = space.map();
        boolean fixed = (flags & MemorySymbols.MAP_FIXED) != 0;
        long wish = fixed ? addr : map.pmap().module().addressHint(addr, size);
        long at = insert(space, object, pos, wish, size, prot, max, flags, docow);
        if (at != -KernResult.NO_SPACE || fixed || map.context().profile().has(Quirk.SEARCH_UPWARDS_ONLY)) {
            return at;
        }
        long lowest = (docow & MapFlags.LOW) != 0 ? map.limits().minAddress() : space.heapEnd();
        return lowest >= wish ? at : insert(space, object, pos, lowest, size, prot, max, flags, docow);
    }

    private static long insert(
            VmSpace space, VmObject object, long pos, long wish, long size, int prot, int max, int flags, int docow) {
        boolean search = (flags & MemorySymbols.MAP_FIXED) == 0;
        return (flags & MemorySymbols.MAP_STACK) != 0
                ? MapStack.insert(space, wish, size, search, prot, max, docow)
                : MapInsert.find(space.map(), object, pos, wish, size, search, prot, max, docow);
    }

    private static void finish(VmSpace space, long at, long size, int flags) {
        if ((flags & MemorySymbols.MAP_SHARED) != 0) {
            MapProtect.inherit(space.map(), at, at + size, VmInherit.SHARE);
        }
        if (space.wireFuture()) {
            // The result is ignored, as in the original; where limits count, they were looked at before.
            boolean holes = (flags & MemorySymbols.MAP_STACK) != 0
                    && !space.map().context().profile().has(Quirk.FUTURE_LOCKING_UNLIMITED);
            space.wire(at, at + size, holes);
        }
    }

    private static int errno(int result) {
        return switch (result) {
            case KernResult.INVALID_ADDRESS, KernResult.NO_SPACE -> Errno.ENOMEM;
            case KernResult.PROTECTION_FAILURE -> Errno.EACCES;
            default -> Errno.EINVAL;
        };
    }
}
