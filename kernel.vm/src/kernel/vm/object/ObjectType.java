// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

/** What a memory object stands for. */
public enum ObjectType {
    /** Anonymous memory or a shadow: filled with zeros on first use, no store behind it. */
    DEFAULT,
    /** Anonymous memory of which something was on the swap device; or a memory file. */
    SWAP,
    /** The contents of a file; shared by all mappings of it. */
    VNODE,
    /** The memory of a device: fictitious pages, never paged out. */
    DEVICE,
    /** Memory that is wired from its first use on, and never paged out. */
    PHYS
}
