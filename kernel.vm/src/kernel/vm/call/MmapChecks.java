// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import static kernel.vm.call.MemorySymbols.MAP_ALIGNED_SUPER;
import static kernel.vm.call.MemorySymbols.MAP_ALIGNMENT_MASK;
import static kernel.vm.call.MemorySymbols.MAP_ALIGNMENT_SHIFT;
import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_EXCL;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_GUARD;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static kernel.vm.call.MemorySymbols.MAP_STACK;

import kernel.sched.errno.Errno;
import kernel.vm.map.MapFlags;
import kernel.vm.map.VmLimits;
import kernel.vm.object.Feature;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmProfile;
import kernel.vm.page.PagePool;
import kernel.vm.pmap.VmProt;

/**
 * What later systems refuse in {@code mmap} and the 2006 code did not; each check is a quirk switched off or a feature.
 * Models {@code kern_mmap} of FreeBSD {@code sys/vm/vm_mmap.c}, main of 2024.
 */
final class MmapChecks {
    private static final int KNOWN_FLAGS = MAP_SHARED | MAP_PRIVATE | MAP_FIXED
            | MemorySymbols.MAP_RENAME | MemorySymbols.MAP_NORESERVE | MemorySymbols.MAP_HASSEMAPHORE | MAP_STACK
            | MemorySymbols.MAP_NOSYNC | MAP_ANON | MemorySymbols.MAP_NOCORE;
    private static final int LATER_FLAGS = MAP_EXCL | MAP_GUARD | MemorySymbols.MAP_32BIT
            | MemorySymbols.MAP_PREFAULT_READ | MAP_ALIGNMENT_MASK;
    private static final int GUARD_FLAGS =
            MAP_FIXED | MAP_GUARD | MAP_EXCL | MemorySymbols.MAP_32BIT | MAP_ALIGNMENT_MASK;
    /** What MAP_ALIGNED_SUPER aligns to: 2 MiB, the block that the page tables of most machines have. */
    private static final int SUPER_SHIFT = 21;

    private MmapChecks() {}

    /** Checks of the arguments alone, before all others; 0, EINVAL or ENOTSUP. */
    static int arguments(VmProfile profile, long len, int prot, int flags, int fd, long pos) {
        if (unknownProtection(profile, prot)) {
            return Errno.EINVAL;
        }
        int max = maxProtection(profile, prot);
        if (max != 0 && (prot & VmProt.ALL & ~max) != 0) {
            return Errno.ENOTSUP;
        }
        int sharing = flags & (MAP_SHARED | MAP_PRIVATE);
        boolean known = profile.has(Feature.MAP_FLAGS);
        boolean refused = len == 0 && !profile.has(Quirk.EMPTY_MAPPING)
                || (flags & MAP_ANON) != 0 && pos != 0 && !profile.has(Quirk.ANONYMOUS_POSITION)
                || (flags & ~(known ? KNOWN_FLAGS | LATER_FLAGS : KNOWN_FLAGS)) != 0 && !profile.has(Quirk.UNKNOWN_BITS)
                || known && (flags & (MAP_EXCL | MAP_FIXED)) == MAP_EXCL
                || sharing == (MAP_SHARED | MAP_PRIVATE) && !profile.has(Quirk.SHARING_UNCHECKED)
                || known && (flags & MAP_GUARD) != 0 && !guardAllowed(prot, flags, fd, pos);
        return refused ? Errno.EINVAL : 0;
    }

    private static boolean guardAllowed(int prot, int flags, int fd, long pos) {
        return (prot & VmProt.ALL) == 0 && fd == -1 && pos == 0 && (flags & ~GUARD_FLAGS) == 0;
    }

    /** Whether a protection has bits that the profile minds. */
    static boolean unknownProtection(VmProfile profile, int prot) {
        int greatest = profile.has(Feature.PROT_MAX) ? VmProt.ALL << MemorySymbols.PROT_MAX_SHIFT : 0;
        return (prot & ~(VmProt.ALL | greatest)) != 0 && !profile.has(Quirk.UNKNOWN_BITS);
    }

    /** The greatest protection that a protection argument names ({@code PROT_MAX}), or 0 for none. */
    static int maxProtection(VmProfile profile, int prot) {
        return profile.has(Feature.PROT_MAX) ? prot >> MemorySymbols.PROT_MAX_SHIFT & VmProt.ALL : 0;
    }

    /** Checks of the rounded size and the alignment; 0, ENOMEM or EINVAL. */
    static int size(VmProfile profile, VmLimits limits, long len, long size, int flags) {
        boolean tooLong = Long.compareUnsigned(len, size) > 0 || limits.wordBits() == 64 && size < 0;
        if (tooLong && !profile.has(Quirk.NEGATIVE_LENGTH)) {
            return Errno.ENOMEM;
        }
        int alignment = flags & MAP_ALIGNMENT_MASK;
        if (!profile.has(Feature.MAP_FLAGS) || alignment == 0 || alignment == MAP_ALIGNED_SUPER) {
            return 0;
        }
        int shift = alignment >>> MAP_ALIGNMENT_SHIFT;
        return shift < PagePool.PAGE_SHIFT || shift >= limits.wordBits() ? Errno.EINVAL : 0;
    }

    /** What the later flags say about the place of a mapping: {@link MapFlags}. */
    static int placing(int flags) {
        int low = (flags & MemorySymbols.MAP_32BIT) != 0 ? MapFlags.LOW : 0;
        int alignment = flags & MAP_ALIGNMENT_MASK;
        int shift = alignment == MAP_ALIGNED_SUPER ? SUPER_SHIFT : alignment >>> MAP_ALIGNMENT_SHIFT;
        return low | shift << MapFlags.ALIGNMENT_SHIFT;
    }
}
