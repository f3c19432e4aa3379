// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.object.ObjectPages.Advice;

/** Advice about ranges: {@code vm_map_madvise} of FreeBSD {@code sys/vm/vm_map.c} 1.373. */
public final class MapAdvise {
    private MapAdvise() {}

    /** Sets and clears flags of what is mapped of a range, splitting entries at its ends. */
    public static void flags(VmMap map, long rangeStart, long rangeEnd, int clear, int set) {
        long start = map.clampStart(rangeStart);
        long end = Math.max(start, map.clampEnd(rangeEnd));
        if (MapProtect.emptyRange(map, start, end)) {
            return;
        }
        map.lock();
        VmMapEntry entry = MapProtect.clipFirst(map, start);
        while (entry != null && entry.start < end) {
            map.clipEnd(entry, end);
            entry.flags = entry.flags & ~clear | set;
            map.simplify(entry);
            entry = entry.next;
        }
        map.unlock();
    }

    /** Gives advice about the pages of a range; entries are not split. */
    public static void pages(VmMap map, long rangeStart, long rangeEnd, Advice advice) {
        long start = map.clampStart(rangeStart);
        long end = Math.max(start, map.clampEnd(rangeEnd));
        map.lockRead();
        VmMapEntry entry = map.lookupOrNext(start);
        while (entry != null && entry.start < end) {
            advise(map, entry, Math.max(start, entry.start), Math.min(end, entry.end), advice);
            entry = entry.next;
        }
        map.unlockRead();
    }

    private static void advise(VmMap map, VmMapEntry entry, long start, long end, Advice advice) {
        if (entry.object == null || start >= end) {
            return;
        }
        map.context().objects().ranges().advise(
                entry.object, entry.indexOf(start), entry.indexOf(end), advice);
        if (advice == Advice.WILL_NEED) {
            MapPrefault.range(map, entry, start, end, false);
        }
    }
}
