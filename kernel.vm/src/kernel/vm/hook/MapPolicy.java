// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.hook;

import kernel.vm.file.Vnode;
import kernel.vm.syscall.Caller;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides whether a process may map a file: the MAC hook of {@code vm_mmap_vnode}.
 *
 * <p>Registered as a service, one object for each kernel (prototype scope), every kernel asks it. Called on the engine
 * thread, inside of mmap, without locks of the map; neither blocks nor makes calls. It has to decide from its
 * arguments and its own state alone, so that a run can be repeated. A policy that throws is dropped by that kernel,
 * which records why and goes on as if the policy had agreed. Models {@code mac_check_vnode_mmap} of FreeBSD
 * {@code sys/vm/vm_mmap.c}, HEAD of spring 2006.
 */
@ConsumerType
public interface MapPolicy {
    /** A name; policies are asked in the order of their names, and the first refusal counts. */
    String name();

    /**
     * Decides about one mapping of a regular file.
     *
     * @param caller the process; null for the kernel itself
     * @param vnode the file
     * @param prot the {@link kernel.vm.pmap.VmProt} bits that are asked for
     * @param flags the {@code MAP_*} bits of {@link kernel.vm.call.MemorySymbols}
     * @return 0 to agree, or the errno that mmap gives
     */
    int checkMap(Caller caller, Vnode vnode, int prot, int flags);
}
