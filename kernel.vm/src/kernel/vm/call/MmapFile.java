// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.sched.errno.Errno;
import kernel.vm.file.OpenFile;
import kernel.vm.file.Vnode;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmProfile;
import kernel.vm.pmap.VmProt;

/** What {@code mmap} asks of the open file behind a descriptor, before it looks at the file itself. */
final class MmapFile {
    private MmapFile() {}

    /** EBADF, ENODEV, EACCES, or EINVAL for what only later systems refuse; 0 if the file may be mapped. */
    static int error(VmProfile profile, OpenFile file, int prot, int flags, long pos, long size) {
        if (file == null) {
            return Errno.EBADF;
        }
        int sharing = flags & (MemorySymbols.MAP_SHARED | MemorySymbols.MAP_PRIVATE);
        if (sharing == 0 && !profile.has(Quirk.SHARING_UNCHECKED)) {
            return Errno.EINVAL;
        }
        if (file.vnode() == null) {
            return Errno.ENODEV;
        }
        boolean checked = !profile.has(Quirk.PROTECTION_UNCHECKED);
        if (checked && (prot & VmProt.EXEC) != 0 && noExecution(file)) {
            return Errno.EACCES;
        }
        if (!file.has(OpenFile.READ) && (prot & VmProt.READ) != 0) {
            return Errno.EACCES;
        }
        boolean shared = (flags & MemorySymbols.MAP_SHARED) != 0;
        if (shared && !file.has(OpenFile.WRITE) && (prot & VmProt.WRITE) != 0) {
            return Errno.EACCES;
        }
        boolean beyond = pos < 0 || pos + size < 0;
        return beyond && !file.vnode().isDevice() && !profile.has(Quirk.POSITION_UNCHECKED) ? Errno.EINVAL : 0;
    }

    private static boolean noExecution(OpenFile file) {
        return (file.vnode().flags() & Vnode.NOEXEC) != 0;
    }

    /** The greatest protection that the open mode allows. */
    static int maxProtection(OpenFile file, int flags) {
        int max = noExecution(file) ? VmProt.NONE : VmProt.EXEC;
        if (file.has(OpenFile.READ)) {
            max |= VmProt.READ;
        }
        if ((flags & MemorySymbols.MAP_SHARED) == 0 && !file.vnode().isDevice() || file.has(OpenFile.WRITE)) {
            max |= VmProt.WRITE;
        }
        return max;
    }
}
