// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import kernel.vm.page.MemoryAttribute;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The driver of a character device that has memory: as much of {@code struct cdevsw} as mmap, read and write need.
 *
 * <p>Called on the engine thread; neither blocks nor interleaves. The answers for one offset and protection never change.
 */
@ConsumerType
public interface CharacterDevice {
    /** What {@link #mapPage} says of an offset that it does not let be mapped. */
    long REFUSED = -1;

    /** Its path, such as {@code /dev/fb0}. */
    String name();

    /** How many bytes can be read and written through descriptors. */
    long sizeBytes();

    /**
     * The physical address of a page ({@code d_mmap}).
     *
     * <p>Asked for every page when the device is mapped, and again when a page is used for the first time.
     *
     * @param offset in the device, aligned to pages; may be negative or behind its end
     * @param prot what mmap asks for, {@link kernel.vm.pmap.VmProt} bits
     * @return an address of device memory, or {@link #REFUSED}
     */
    long mapPage(long offset, int prot);

    /** How caches treat its memory. */
    MemoryAttribute attribute();
}
