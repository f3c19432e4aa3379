// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.page.PagePool;

/** Makes an index of the entries of a map, and looks whether it finds them. */
final class IndexBuilder {
    private IndexBuilder() {
    }

    /**
     * An index of the entries.
     *
     * @param first the lowest entry, or null
     * @throws IllegalStateException if it does not find an entry or a gap
     */
    static EntryIndex build(MapIndexKind kind, VmMapEntry first, long maxAddress) {
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
        return next;
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
