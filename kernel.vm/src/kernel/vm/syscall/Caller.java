// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.syscall;

import kernel.vm.file.FileTable;
import kernel.vm.map.VmSpace;
import org.osgi.annotation.versioning.ConsumerType;

/** A process, as far as the memory layer needs to know it. The process layer implements it. */
@ConsumerType
public interface Caller {
    /** Its process id. */
    int pid();

    /** Its effective user id. */
    int uid();

    /** Whether the process may do what the original guards with {@code suser()}. */
    boolean superuser();

    /** The soft limit of a resource ({@code lim_cur}), {@link Resource#INFINITY} for none. */
    long limit(Resource resource);

    /** The hard limit of a resource ({@code lim_max}). */
    long hardLimit(Resource resource);

    /** The address space it runs in. */
    VmSpace vmspace();

    /** Its open files. */
    FileTable files();

    /** The process wrote to a pipe that nobody reads: SIGPIPE. Neither blocks nor interleaves. */
    default void brokenPipe() {
    }

    /** Exempts the process from being killed when memory runs out ({@code MADV_PROTECT}); there is no way back. */
    void protectFromReclaim();
}
