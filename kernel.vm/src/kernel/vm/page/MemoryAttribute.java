// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

/** How the caches of a machine treat a page ({@code vm_memattr_t} of later FreeBSD). */
public enum MemoryAttribute {
    /** Cached, written back later: RAM. */
    WRITE_BACK,
    /** Not cached; stores may be gathered: the memory of a frame buffer. */
    WRITE_COMBINING,
    /** Not cached, every access in order: registers of a device. */
    UNCACHEABLE
}
