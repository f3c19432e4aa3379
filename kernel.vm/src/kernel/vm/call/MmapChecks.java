// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static kernel.vm.call.MemorySymbols.MAP_STACK;

import kernel.sched.errno.Errno;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmProfile;
import kernel.vm.pmap.VmProt;

/** What later systems refuse in {@code mmap} and the 2006 code did not; each check is a quirk switched off. */
final class MmapChecks {
    private static final int KNOWN_FLAGS = MAP_SHARED | MAP_PRIVATE | MemorySymbols.MAP_FIXED
            | MemorySymbols.MAP_RENAME | MemorySymbols.MAP_NORESERVE | MemorySymbols.MAP_HASSEMAPHORE | MAP_STACK
            | MemorySymbols.MAP_NOSYNC | MAP_ANON | MemorySymbols.MAP_NOCORE;

    private MmapChecks() {}

    /** Checks of the arguments alone, before all others; 0 or EINVAL. */
    static int arguments(VmProfile profile, long len, int prot, int flags, long pos) {
        boolean anonymous = (flags & (MAP_ANON | MAP_STACK)) != 0;
        int sharing = flags & (MAP_SHARED | MAP_PRIVATE);
        boolean refused = len == 0 && !profile.has(Quirk.EMPTY_MAPPING)
                || unknownBits(prot, flags) && !profile.has(Quirk.UNKNOWN_BITS)
                || (flags & MAP_ANON) != 0 && pos != 0 && !profile.has(Quirk.ANONYMOUS_POSITION)
                || unclearSharing(anonymous, sharing) && !profile.has(Quirk.SHARING_UNCHECKED);
        return refused ? Errno.EINVAL : 0;
    }

    private static boolean unknownBits(int prot, int flags) {
        return (prot & ~VmProt.ALL) != 0 || (flags & ~KNOWN_FLAGS) != 0;
    }

    private static boolean unclearSharing(boolean anonymous, int sharing) {
        return sharing == (MAP_SHARED | MAP_PRIVATE) || sharing == 0 && !anonymous;
    }

    /** Checks of a file, after those of the original; 0, EACCES or EINVAL. */
    static int file(VmProfile profile, int prot, int maxProt, long pos, long size) {
        boolean beyond = pos < 0 || pos + size < 0;
        if (beyond && !profile.has(Quirk.POSITION_UNCHECKED)) {
            return Errno.EINVAL;
        }
        return (prot & ~maxProt) != 0 && !profile.has(Quirk.PROTECTION_UNCHECKED) ? Errno.EACCES : 0;
    }
}
