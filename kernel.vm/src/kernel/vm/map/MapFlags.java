// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

/** How a new entry is inserted: the "cow" argument of FreeBSD {@code vm_map_insert}, 2006 values. */
public final class MapFlags {
    public static final int COPY_ON_WRITE = 0x0002;
    public static final int PREFAULT = 0x0008;
    public static final int PREFAULT_PARTIAL = 0x0010;
    public static final int DISABLE_SYNCER = 0x0020;
    public static final int DISABLE_COREDUMP = 0x0100;
    public static final int STACK_GROWS_DOWN = 0x1000;

    private MapFlags() {}
}
