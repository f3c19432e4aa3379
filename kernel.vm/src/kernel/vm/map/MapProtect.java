// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.object.Feature;
import kernel.vm.object.Quirk;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.VmProt;

/**
 * Changes properties of ranges: {@code vm_map_protect}, {@code vm_map_inherit}, {@code vm_map_check_protection} of
 * FreeBSD {@code sys/vm/vm_map.c} 1.373.
 */
public final class MapProtect {
    private MapProtect() {}

    /** In place of a greatest protection: leave it as it is. */
    static final int KEEP_MAX = -1;

    /**
     * Sets the protection of what is mapped of a range; changes nothing if some entry may not have it.
     *
     * @param maxProtection the greatest protection from now on, or {@link #KEEP_MAX}
     * @param wirer copies locked pages that become writable
     * @return SUCCESS, PROTECTION_FAILURE, or RESOURCE_SHORTAGE when a locked page cannot be copied
     */
    static int protect(
            VmMap map, long rangeStart, long rangeEnd, int protection, int maxProtection, MapWire.PageWirer wirer) {
        long start = map.clampStart(rangeStart);
        long end = Math.max(start, map.clampEnd(rangeEnd));
        if (emptyRange(map, start, end)) {
            return KernResult.SUCCESS;
        }
        map.lock();
        VmMapEntry entry = clipFirst(map, start);
        int wanted = maxProtection == KEEP_MAX ? protection : protection | maxProtection;
        int result = allowed(entry, end, wanted) ? KernResult.SUCCESS : KernResult.PROTECTION_FAILURE;
        map.pmap().defer();
        while (result == KernResult.SUCCESS && entry != null && entry.start < end) {
            map.clipEnd(entry, end);
            result = change(map, entry, protection, maxProtection, wirer);
            map.simplify(entry);
            entry = entry.next;
        }
        map.pmap().update();
        map.unlock();
        return result;
    }

    private static boolean allowed(VmMapEntry first, long end, int protection) {
        for (VmMapEntry entry = first; entry != null && entry.start < end; entry = entry.next) {
            int max = entry.has(EntryFlags.STACK_GAP) ? entry.stackMaxProtection() : entry.maxProtection;
            boolean plainGuard = entry.has(EntryFlags.GUARD) && !entry.has(EntryFlags.STACK_GAP);
            if (!plainGuard && (protection & ~max) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int change(
            VmMap map, VmMapEntry entry, int protection, int maxProtection, MapWire.PageWirer wirer) {
        if (entry.has(EntryFlags.GUARD)) {
            if (entry.has(EntryFlags.STACK_GAP)) {
                int max = maxProtection == KEEP_MAX ? entry.stackMaxProtection() : maxProtection;
                entry.stackProtections(protection, max);
            }
            return KernResult.SUCCESS;
        }
        if (maxProtection != KEEP_MAX) {
            entry.maxProtection = maxProtection;
        }
        int old = entry.protection;
        protectEntry(map, entry, protection);
        boolean locked = entry.has(EntryFlags.USER_WIRED) && entry.has(EntryFlags.COW);
        if (!locked || (protection & ~old & VmProt.WRITE) == 0
                || map.context().profile().has(Quirk.LOCKED_COPY_UNWRITABLE)) {
            return KernResult.SUCCESS;
        }
        map.pmap().update();
        int result = EntryWiring.rewirePages(map, entry, wirer);
        if (result != KernResult.SUCCESS) {
            protectEntry(map, entry, old);
        }
        return result;
    }

    private static void protectEntry(VmMap map, VmMapEntry entry, int protection) {
        int old = entry.protection;
        entry.protection = protection;
        if (old != protection) {
            int hardware = entry.has(EntryFlags.COW) ? protection & ~VmProt.WRITE : protection;
            boolean unreadable = (old & ~protection & VmProt.READ) != 0;
            if (unreadable && entry.wiredCount == 0) {
                // A pmap need not be able to take READ alone away; a fault brings the mapping back without it.
                map.pmap().remove(entry.start, entry.end);
            } else if (unreadable && hardware != VmProt.NONE) {
                EntryWiring.lower(map, entry, old & hardware);
            } else {
                map.pmap().protect(entry.start, entry.end, hardware);
            }
        }
    }

    /** Sets what a child gets of a range; {@link VmInherit}. */
    public static int inherit(VmMap map, long rangeStart, long rangeEnd, int inheritance) {
        int last = map.context().profile().has(Feature.INHERIT_ZERO) ? VmInherit.ZERO : VmInherit.NONE;
        if (inheritance < VmInherit.SHARE || inheritance > last) {
            return KernResult.INVALID_ARGUMENT;
        }
        long start = map.clampStart(rangeStart);
        long end = Math.max(start, map.clampEnd(rangeEnd));
        if (emptyRange(map, start, end)) {
            return KernResult.SUCCESS;
        }
        map.lock();
        VmMapEntry entry = clipFirst(map, start);
        while (entry != null && entry.start < end) {
            map.clipEnd(entry, end);
            if (inheritance != VmInherit.ZERO || !entry.has(EntryFlags.GUARD)) {
                entry.inheritance = inheritance;
            }
            map.simplify(entry);
            entry = entry.next;
        }
        map.unlock();
        return KernResult.SUCCESS;
    }

    /** Whether a range is mapped without a hole and every entry grants {@code protection}; the map is locked. */
    public static boolean check(VmMap map, long start, long end, int protection) {
        VmMapEntry entry = map.lookup(start);
        if (entry == null) {
            return false;
        }
        long at = start;
        while (at < end) {
            if (entry == null || at < entry.start || (protection & ~entry.protection) != 0) {
                return false;
            }
            at = entry.end;
            entry = entry.next;
        }
        return true;
    }

    /** Whether some entry of a range grants execution; the map is locked. */
    public static boolean anyExecutable(VmMap map, long start, long end) {
        VmMapEntry entry = map.lookupOrNext(start);
        while (entry != null && entry.start < end) {
            if ((entry.protection & VmProt.EXEC) != 0) {
                return true;
            }
            entry = entry.next;
        }
        return false;
    }

    /** The first entry of a range, split off at its start, or null. */
    static VmMapEntry clipFirst(VmMap map, long start) {
        VmMapEntry entry = map.lookupOrNext(start);
        if (entry != null) {
            map.clipStart(entry, start);
        }
        return entry;
    }

    /** Whether nothing is to be done at all; the original splits the entry at {@code start} even then. */
    static boolean emptyRange(VmMap map, long start, long end) {
        return start == end && !map.context().profile().has(Quirk.EMPTY_RANGE_SPLITS);
    }
}
