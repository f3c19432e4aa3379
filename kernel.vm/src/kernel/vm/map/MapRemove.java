// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.object.Quirk;
import kernel.vm.object.VmObject;
import kernel.vm.object.VmObjects;
import kernel.vm.page.PagePool;

/** Takes ranges out of a map: {@code vm_map_delete} of FreeBSD {@code sys/vm/vm_map.c} 1.373. */
public final class MapRemove {
    private MapRemove() {}

    /** Locks the map, cuts the range to the user addresses, and unmaps it; holes are fine. */
    public static void remove(VmMap map, long start, long end) {
        map.lock();
        delete(map, map.clampStart(start), map.clampEnd(end));
        map.unlock();
    }

    /** Unmaps a range inside the user addresses; the map is write-locked. */
    public static void delete(VmMap map, long start, long end) {
        if (start == end && !map.context().profile().has(Quirk.EMPTY_RANGE_SPLITS)) {
            return;
        }
        VmMapEntry first = MapProtect.clipFirst(map, start);
        // The pmap lets go of all before any object reference goes, so that no mapping outlives its page.
        map.pmap().defer();
        for (VmMapEntry entry = first; entry != null && entry.start < end; entry = entry.next) {
            map.clipEnd(entry, end);
            unmap(map, entry);
        }
        map.pmap().update();
        VmMapEntry entry = first;
        while (entry != null && entry.start < end) {
            VmMapEntry next = entry.next;
            deleteEntry(map, entry);
            entry = next;
        }
    }

    private static void unmap(VmMap map, VmMapEntry entry) {
        if (entry.wiredCount != 0) {
            EntryWiring.unwirePages(map, entry);
            entry.wiredCount = 0;
        }
        map.pmap().remove(entry.start, entry.end);
    }

    private static void deleteEntry(VmMap map, VmMapEntry entry) {
        VmObjects objects = map.context().objects();
        VmObject object = entry.object;
        long firstIndex = entry.offset >> PagePool.PAGE_SHIFT;
        long endIndex = firstIndex + entry.sizePages();
        if (!entry.has(EntryFlags.GUARD)) {
            map.grew(-entry.sizeBytes());
        }
        map.unlink(entry);
        if (object != null && object.anonymous() && object.refCount() != 1 && object.oneMapping()) {
            objects.chains().collapse(object);
            objects.ranges().remove(object, firstIndex, endIndex, false);
            if (endIndex >= object.sizePages() && firstIndex < object.sizePages()) {
                objects.resize(object, firstIndex);
            }
        }
        objects.deallocate(object);
    }
}
