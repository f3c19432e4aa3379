// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.page.PagePool;

/**
 * Chooses the address of a mapping that the user left open: the search of FreeBSD's {@code vm_map_find}, with the
 * wishes that later systems added to it (alignment, low addresses, randomness).
 */
final class MapPlace {
    /** The end of what 32 bits with a sign can address. */
    private static final long LOW_END = 1L << 31;
    /** Names the random stream of addresses; any number that nobody else uses. */
    private static final long STREAM = 0x61736c72;
    /** How many places a random start is chosen from. */
    private static final int RANDOM_PAGES = 0x1000;
    private static final int RANDOM_PAGES_LOW = 0x100;
    private static final int RANDOM_BLOCKS = 0x10;
    private static final int RANDOM_BLOCKS_LOW = 4;

    private MapPlace() {}

    /**
     * The lowest place that suits, from a wish upwards, or -1; the map is write-locked.
     *
     * @param flags {@link MapFlags}
     */
    static long find(VmMap map, long wish, long length, int flags) {
        boolean plain = flags >>> MapFlags.ALIGNMENT_SHIFT == 0 && (flags & (MapFlags.LOW | MapFlags.RANDOM)) == 0;
        return plain ? map.findSpace(wish, length) : constrained(map, wish, length, flags);
    }

    private static long constrained(VmMap map, long wish, long length, int flags) {
        long at = -1;
        if ((flags & MapFlags.CLUSTER) != 0 && map.clusterEnd() != 0) {
            at = aligned(map, map.clusterEnd(), length, flags);
        } else if ((flags & MapFlags.RANDOM) != 0) {
            at = random(map, wish, length, flags);
        }
        return at < 0 ? aligned(map, wish, length, flags) : at;
    }

    /** Looks for more space than is needed and starts somewhere in it. */
    private static long random(VmMap map, long wish, long length, int flags) {
        boolean low = (flags & MapFlags.LOW) != 0;
        boolean pages = alignment(flags) <= PagePool.PAGE_SIZE;
        long unit = alignment(flags);
        int places = pages ? low ? RANDOM_PAGES_LOW : RANDOM_PAGES : low ? RANDOM_BLOCKS_LOW : RANDOM_BLOCKS;
        long more = unit * places;
        if (more / places != unit || length + more < 0) {
            return -1;
        }
        long at = map.findSpace(wish, length + more);
        long start = at + Long.remainderUnsigned(map.context().engine().random(STREAM), places) * unit;
        return at < 0 ? -1 : aligned(map, start, length, flags);
    }

    private static long aligned(VmMap map, long from, long length, int flags) {
        long alignment = alignment(flags);
        long end = (flags & MapFlags.LOW) != 0 ? LOW_END : Long.MAX_VALUE;
        long at = map.findSpace(from, length);
        while (at >= 0) {
            if (at + length > end) {
                return -1;
            }
            long up = at + alignment - 1 & -alignment;
            if (up == at) {
                return at;
            }
            at = up < at ? -1 : map.findSpace(up, length);
        }
        return -1;
    }

    private static long alignment(int flags) {
        int shift = flags >>> MapFlags.ALIGNMENT_SHIFT;
        return shift == 0 ? PagePool.PAGE_SIZE : 1L << shift;
    }
}
