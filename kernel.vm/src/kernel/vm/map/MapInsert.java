// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.object.VmObject;
import kernel.vm.pmap.KernResult;

/** Adds ranges to a map: {@code vm_map_insert} and {@code vm_map_find} of FreeBSD {@code sys/vm/vm_map.c} 1.373. */
public final class MapInsert {
    private MapInsert() {}

    /**
     * Maps an object somewhere.
     *
     * @param object what to map, one reference of the caller's moves to the entry on success; null for anonymous
     * @param offset where the range starts inside the object, in bytes
     * @param start page-aligned wish, or the exact address
     * @param search whether to look for free space from {@code start} upwards
     * @param flags {@link MapFlags}
     * @return the address, or a negated {@link KernResult}
     */
    public static long find(
            VmMap map, VmObject object, long offset, long start, long length, boolean search,
            int protection, int maxProtection, int flags) {
        map.lock();
        if ((flags & MapFlags.REPLACE) != 0) {
            MapRemove.delete(map, map.clampStart(start), map.clampEnd(start + length));
        }
        long at = search ? MapPlace.find(map, start, length, flags) : start;
        int result = at < 0
                ? KernResult.NO_SPACE
                : insert(map, object, offset, at, at + length, protection, maxProtection, flags);
        if (result == KernResult.SUCCESS && (flags & MapFlags.CLUSTER) != 0) {
            map.clusterEnd(at + length);
        }
        map.unlock();
        return result == KernResult.SUCCESS ? at : -result;
    }

    /** Maps an object at an exact range that is free; the map is write-locked. */
    static int insert(
            VmMap map, VmObject object, long offset, long start, long end,
            int protection, int maxProtection, int flags) {
        VmLimits limits = map.limits();
        if (start < limits.minAddress() || end > limits.maxAddress() || start >= end) {
            return KernResult.INVALID_ADDRESS;
        }
        VmMapEntry before = map.floor(start);
        VmMapEntry after = before == null ? map.first() : before.next;
        if (before != null && start < before.end || after != null && after.start < end) {
            return KernResult.NO_SPACE;
        }
        int entryFlags = entryFlags(flags);
        VmObject shared = object;
        long sharedOffset = offset;
        if (object != null) {
            if (object.refCount() > 1 || object.shadowCount() != 0) {
                object.clearOneMapping();
            }
        } else if (canContinue(map, before, start, end, entryFlags)) {
            if (extendable(before, protection, maxProtection)) {
                map.moveEnd(before, end);
                grew(map, before, end - start);
                map.simplify(before);
                return KernResult.SUCCESS;
            }
            shared = before.object;
            sharedOffset = before.offset + before.sizeBytes();
            map.context().objects().reference(shared);
        }
        VmMapEntry entry = map.newEntry();
        fill(entry, start, end, entryFlags, protection, maxProtection);
        entry.object(shared, sharedOffset);
        map.link(before, entry);
        grew(map, entry, end - start);
        if ((flags & (MapFlags.PREFAULT | MapFlags.PREFAULT_PARTIAL)) != 0) {
            MapPrefault.range(map, entry, start, end, (flags & MapFlags.PREFAULT_PARTIAL) != 0);
        }
        return KernResult.SUCCESS;
    }

    /** Guards take no space that a limit could count. */
    private static void grew(VmMap map, VmMapEntry entry, long bytes) {
        if (!entry.has(EntryFlags.GUARD)) {
            map.grew(bytes);
        }
    }

    private static int entryFlags(int flags) {
        int entryFlags = (flags & MapFlags.GUARD) != 0 ? EntryFlags.GUARD : 0;
        entryFlags |= (flags & MapFlags.STACK_GAP) != 0 ? EntryFlags.STACK_GAP : 0;
        if ((flags & MapFlags.COPY_ON_WRITE) != 0) {
            entryFlags |= EntryFlags.COW | EntryFlags.NEEDS_COPY;
        }
        if ((flags & MapFlags.DISABLE_SYNCER) != 0) {
            entryFlags |= EntryFlags.NOSYNC;
        }
        if ((flags & MapFlags.DISABLE_COREDUMP) != 0) {
            entryFlags |= EntryFlags.NOCOREDUMP;
        }
        return entryFlags;
    }

    private static boolean canContinue(VmMap map, VmMapEntry before, long start, long end, int entryFlags) {
        return before != null
                && before.end == start
                && before.flags == entryFlags
                && !before.has(EntryFlags.STACK_GAP)
                && before.wiredCount == 0
                && map.context().objects().coalesce(before.object, before.offset, before.sizeBytes(), end - start);
    }

    private static boolean extendable(VmMapEntry before, int protection, int maxProtection) {
        return before.inheritance == VmInherit.COPY
                && before.protection == protection
                && before.maxProtection == maxProtection;
    }

    private static void fill(
            VmMapEntry entry, long start, long end, int entryFlags, int protection, int maxProtection) {
        entry.start = start;
        entry.end = end;
        entry.flags = entryFlags;
        entry.protection = protection;
        entry.maxProtection = maxProtection;
        entry.inheritance = VmInherit.COPY;
        entry.wiredCount = 0;
        entry.growBytes = 0;
        entry.lastFaultIndex = 0;
    }
}
