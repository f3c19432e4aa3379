// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.object.ObjectPages;
import kernel.vm.object.ObjectType;
import kernel.vm.object.Pager;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import kernel.vm.pmap.KernResult;

/** Writes file pages of ranges: {@code vm_map_sync} of FreeBSD {@code sys/vm/vm_map.c} 1.373. */
public final class MapSync {
    private MapSync() {}

    /**
     * Writes the modified file pages of a range.
     *
     * @param invalidate also drop mappings and clean pages
     * @return INVALID_ADDRESS for a hole, INVALID_ARGUMENT for invalidating a locked entry, FAILURE for a write error
     *     that the profile reports
     */
    public static int sync(VmMap map, long rangeStart, long rangeEnd, boolean invalidate) {
        map.lockRead();
        long start = map.clampStart(rangeStart);
        long end = Math.max(start, map.clampEnd(rangeEnd));
        VmMapEntry entry = map.lookup(start);
        int result = KernResult.INVALID_ADDRESS;
        if (entry != null) {
            if (start == end) {
                start = entry.start;
                end = entry.end;
            }
            result = check(map, entry, end, invalidate);
        }
        if (result == KernResult.SUCCESS) {
            if (invalidate) {
                map.pmap().remove(start, end);
            }
            result = syncEntries(map, entry, start, end, invalidate);
        }
        map.unlockRead();
        return result;
    }

    private static int check(VmMap map, VmMapEntry first, long end, boolean invalidate) {
        for (VmMapEntry entry = first; entry != null && entry.start < end; entry = entry.next) {
            if (invalidate && entry.has(EntryFlags.USER_WIRED)) {
                return KernResult.INVALID_ARGUMENT;
            }
            if (entry.end < end && (entry.next == null || entry.next.start != entry.end)) {
                return KernResult.INVALID_ADDRESS;
            }
        }
        return map.context().profile().has(Quirk.MSYNC_WRAPS_AT_HEAD) ? wrap(map, first, end) : KernResult.SUCCESS;
    }

    /**
     * What the original does at the highest entry: the list head looks like an entry that starts at the lowest user
     * address, so the walk goes on at the lowest entry. A hole there is a spurious error; without one it never ends.
     */
    private static int wrap(VmMap map, VmMapEntry first, long end) {
        VmMapEntry last = first;
        while (last.next != null && last.next.start < end) {
            last = last.next;
        }
        if (last.next != null) {
            return KernResult.SUCCESS;
        }
        for (VmMapEntry entry = map.first(); entry != null; entry = entry.next) {
            if (entry.end < end && (entry.next == null || entry.next.start != entry.end)) {
                return KernResult.INVALID_ADDRESS;
            }
        }
        map.context().hazard("msync: the walk over the map would never end, because it starts again at "
                + map.first() + " behind the highest entry");
        return KernResult.SUCCESS;
    }

    private static int syncEntries(VmMap map, VmMapEntry first, long start, long end, boolean invalidate) {
        int result = KernResult.SUCCESS;
        for (VmMapEntry entry = first; entry != null && entry.start < end; entry = entry.next) {
            long from = Math.max(start, entry.start);
            long to = Math.min(end, entry.end);
            if (syncObject(map, entry.object, entry.offset + from - entry.start, to - from, invalidate) != Pager.OK) {
                result = KernResult.FAILURE;
            }
        }
        return result;
    }

    /** Syncs the deepest object of the chain: a private copy is never written anywhere. */
    private static int syncObject(VmMap map, VmObject top, long topOffset, long bytes, boolean invalidate) {
        if (top == null) {
            return Pager.OK;
        }
        VmObject object = top;
        long offset = topOffset;
        while (object.backing() != null) {
            offset += object.backingOffsetBytes();
            object = object.backing();
        }
        long start = offset >> PagePool.PAGE_SHIFT;
        long end = Math.min(start + (bytes >> PagePool.PAGE_SHIFT), object.sizePages());
        if (object.pager() == null || start >= end) {
            return Pager.OK;
        }
        ObjectPages ranges = map.context().objects().ranges();
        int result = ranges.clean(object, start, end, invalidate);
        if (invalidate && object.type() == ObjectType.VNODE) {
            ranges.remove(object, start, end, true);
        } else if (invalidate && object.type() == ObjectType.DEVICE) {
            ranges.remove(object, start, end, false);
        }
        return result;
    }
}
