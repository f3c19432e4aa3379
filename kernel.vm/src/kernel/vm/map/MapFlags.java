// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

/**
 * How a new entry is inserted and where: the "cow" argument of FreeBSD {@code vm_map_insert}, 2006 values; those from
 * {@link #GUARD} on are later.
 */
public final class MapFlags {
    public static final int COPY_ON_WRITE = 0x0002;
    public static final int PREFAULT = 0x0008;
    public static final int PREFAULT_PARTIAL = 0x0010;
    public static final int DISABLE_SYNCER = 0x0020;
    public static final int DISABLE_COREDUMP = 0x0100;
    public static final int STACK_GROWS_DOWN = 0x1000;
    /** A guard: no object, no access, ever. */
    public static final int GUARD = 0x0001_0000;
    /** With {@link #GUARD}: below a stack. */
    public static final int STACK_GAP = 0x0002_0000;
    /** With an exact address: what is there goes in the same step, so that nobody sees a hole ({@code vm_map_fixed}). */
    public static final int REPLACE = 0x0004_0000;
    /** When space is searched: the end is below 2 GiB. */
    public static final int LOW = 0x0008_0000;
    /** When space is searched: the start is random, from the kernel's seed. */
    public static final int RANDOM = 0x0010_0000;
    /** When space is searched: behind the last mapping made with this flag, if there is room. */
    public static final int CLUSTER = 0x0020_0000;
    /** When space is searched: the start is a multiple of 2 to the power of the number in these bits, if any. */
    public static final int ALIGNMENT_SHIFT = 24;

    private MapFlags() {}
}
