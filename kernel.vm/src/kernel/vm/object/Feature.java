// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

/** What later systems added to the memory calls of 2006; the modern profile has all of it, the others nothing. */
public enum Feature {
    /** MAP_GUARD, MAP_EXCL, MAP_ALIGNED, MAP_32BIT, MAP_PREFAULT_READ are known to mmap. */
    MAP_FLAGS("flags for guards, exclusive, aligned, low and prefaulted mappings"),
    /** PROT_MAX in the protection of mmap and mprotect. */
    PROT_MAX("a greatest protection for mmap and mprotect"),
    /** INHERIT_ZERO for minherit. */
    INHERIT_ZERO("children that find zeros"),
    /** Addresses that the caller leaves open are random, from the seed of the kernel; on 64-bit machines. */
    RANDOM_ADDRESSES("random addresses from the seed of the kernel");

    private final String description;

    Feature(String description) {
        this.description = description;
    }

    /** What it adds, in a few words. */
    public String description() {
        return description;
    }
}
