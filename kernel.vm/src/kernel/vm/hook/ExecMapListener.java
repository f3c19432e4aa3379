// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.hook;

import kernel.vm.file.Vnode;
import kernel.vm.syscall.Caller;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told when code is mapped and unmapped, as a profiler has to know: the hwpmc hooks of mmap and munmap.
 *
 * <p>Registered as a service, one object for each kernel (prototype scope), every kernel tells it. Called on the engine
 * thread, inside of the call; neither blocks nor makes calls. A listener that throws is dropped by that kernel, which
 * records why; the call goes on. Models {@code PMC_FN_MMAP} and {@code PMC_FN_MUNMAP} of FreeBSD
 * {@code sys/vm/vm_mmap.c}, HEAD of spring 2006.
 */
@ConsumerType
public interface ExecMapListener {
    /** A name; listeners are told in the order of their names. */
    String name();

    /**
     * A file was mapped with PROT_EXEC by mmap.
     *
     * @param caller the process
     * @param vnode the file
     * @param address where, page-aligned
     */
    void mapped(Caller caller, Vnode vnode, long address);

    /**
     * A range with an executable entry is about to be unmapped by munmap; the map is write-locked.
     *
     * @param caller the process
     * @param address page-aligned start of the range
     * @param sizeBytes its size, a page multiple
     */
    void unmapping(Caller caller, long address, long sizeBytes);
}
