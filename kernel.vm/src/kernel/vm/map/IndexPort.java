// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.page.PagePool;

/**
 * The index of a map, which another bundle may have brought. The only way into its code: never inlined, so that no
 * frame of an LWP that sleeps refers to it.
 */
final class IndexPort {
    private EntryIndex index;

    IndexPort(EntryIndex index) {
        this.index = index;
    }

    void limit(long maxAddress) {
        index.limit(maxAddress);
    }

    VmMapEntry floor(long address) {
        return index.floor(address);
    }

    void insert(VmMapEntry entry) {
        index.insert(entry);
    }

    void remove(VmMapEntry entry) {
        index.remove(entry);
    }

    void moveStart(VmMapEntry entry, long newStart) {
        index.moveStart(entry, newStart);
    }

    void gapChanged(VmMapEntry entry) {
        index.gapChanged(entry);
    }

    VmMapEntry nextGap(VmMapEntry entry, long length) {
        return index.nextGap(entry, length);
    }

    /**
     * Replaces the index by one of another kind.
     *
     * @param first the lowest entry, or null
     * @throws IllegalStateException if the new one does not find an entry or a gap; this one then has to be made again
     */
    void rebuild(MapIndexKind kind, VmMapEntry first, long maxAddress) {
        EntryIndex next = kind.create(maxAddress);
        for (VmMapEntry entry = first; entry != null; entry = entry.next) {
            entry.indexNode = null;
            entry.left = null;
            entry.right = null;
            entry.parent = null;
            next.insert(entry);
        }
        for (VmMapEntry entry = first; entry != null; entry = entry.next) {
            require(next.floor(entry.start) == entry && next.floor(entry.end - 1) == entry, kind, entry);
            require(next.floor(entry.start - 1) == entry.previous, kind, entry);
        }
        if (first != null) {
            VmMapEntry gap = first.next;
            while (gap != null && gapBehind(gap, maxAddress) < PagePool.PAGE_SIZE) {
                gap = gap.next;
            }
            require(next.nextGap(first, PagePool.PAGE_SIZE) == gap, kind, gap == null ? first : gap);
        }
        index = next;
    }

    private static long gapBehind(VmMapEntry entry, long maxAddress) {
        return (entry.next == null ? maxAddress : entry.next.start) - entry.end;
    }

    private static void require(boolean holds, MapIndexKind kind, VmMapEntry entry) {
        if (!holds) {
            throw new IllegalStateException("map index " + kind.name() + " does not find " + entry);
        }
    }
}
