// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.vm.file.FileTable;
import kernel.vm.map.VmSpace;

/** What a process is made of. */
record ProcSeed(
        Processes processes,
        int pid,
        long channel,
        String name,
        Credentials credentials,
        Limits limits,
        VmSpace vmspace,
        FileTable files,
        UserImage image) {
}
