// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.object.Quirk;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmCounter;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.VmProt;

/**
 * Entries that grow downwards when they are touched below: {@code vm_map_stack} and {@code vm_map_growstack} of
 * FreeBSD {@code sys/vm/vm_map.c} 1.373. There the space below is not reserved and nothing guards its end; where the
 * profile says otherwise, a gap entry reserves it, whose lowest pages are never used.
 */
public final class MapStack {
    private MapStack() {}

    /**
     * Maps the top of a stack region.
     *
     * @param wish the lowest address the stack may reach
     * @param maxBytes the size of the region; only its top is mapped now
     * @param search whether another place will do, if the profile searches one for stacks
     * @return the lowest address of the region, or a negated {@link KernResult}. DEVIATION: a region that wraps or ends
     *     above the highest address is refused too, where the original corrupts its list.
     */
    public static long insert(
            VmSpace space, long wish, long maxBytes, boolean search, int protection, int maxProtection, int flags) {
        VmMap map = space.map();
        boolean reserves = !map.context().profile().has(Quirk.STACK_RESERVES_NOTHING);
        long guard = reserves ? (long) map.context().tunables().stackGuardPages() << PagePool.PAGE_SHIFT : 0;
        if (reserves && guard >= maxBytes) {
            return -KernResult.INVALID_ARGUMENT;
        }
        long initial = Math.min(maxBytes - guard, map.limits().stackGrowBytes());
        map.lock();
        if ((flags & MapFlags.REPLACE) != 0) {
            MapRemove.delete(map, map.clampStart(wish), map.clampEnd(wish + maxBytes));
        }
        long bottom = search && !map.context().profile().has(Quirk.STACK_NEVER_SEARCHES)
                ? MapPlace.find(map, wish, maxBytes, flags)
                : wish;
        int result = free(map, bottom, maxBytes) && fits(space, initial)
                ? insertTop(map, bottom + maxBytes, initial, maxBytes - initial, protection, maxProtection, flags)
                : KernResult.NO_SPACE;
        if (result == KernResult.SUCCESS && reserves) {
            result = insertGap(map, bottom, bottom + maxBytes - initial, guard, protection, maxProtection);
        }
        map.unlock();
        return result == KernResult.SUCCESS ? bottom : -result;
    }

    private static boolean free(VmMap map, long bottom, long maxBytes) {
        VmLimits limits = map.limits();
        if (bottom < limits.minAddress() || bottom > limits.maxAddress() - maxBytes) {
            long end = bottom + maxBytes;
            if (bottom >= 0 && limits.word(end) != end && map.context().profile().has(Quirk.STACK_WRAPS)) {
                map.context().hazard("mmap: the stack region of " + maxBytes + " bytes at 0x"
                        + Long.toHexString(bottom) + " wraps around; its entry would corrupt the list of entries");
            }
            return false;
        }
        VmMapEntry above = map.lookupOrNext(bottom);
        return above == null || above.start >= bottom + maxBytes;
    }

    private static boolean fits(VmSpace space, long moreBytes) {
        return space.map().sizeBytes() + moreBytes <= space.limits().spaceLimitBytes();
    }

    private static int insertTop(
            VmMap map, long top, long initial, long growBytes, int protection, int maxProtection, int flags) {
        int result = MapInsert.insert(map, null, 0, top - initial, top, protection, maxProtection, flags);
        if (result == KernResult.SUCCESS) {
            markGrowing(map, top - initial, growBytes);
        }
        return result;
    }

    private static int insertGap(VmMap map, long start, long end, long guard, int protection, int maxProtection) {
        if (start == end) {
            return KernResult.SUCCESS;
        }
        int result = MapInsert.insert(
                map, null, 0, start, end, VmProt.NONE, VmProt.NONE, MapFlags.GUARD | MapFlags.STACK_GAP);
        if (result == KernResult.SUCCESS) {
            VmMapEntry gap = map.lookup(start);
            gap.growBytes = guard;
            gap.stackProtections(protection, maxProtection);
        }
        return result;
    }

    private static void markGrowing(VmMap map, long start, long growBytes) {
        VmMapEntry entry = map.lookup(start);
        map.clipStart(entry, start);
        entry.set(EntryFlags.GROWS_DOWN);
        entry.growBytes = growBytes;
    }

    /**
     * Lets a stack grow so that it covers an address.
     *
     * @return SUCCESS if it does now, or if no stack is there at all (the caller's next lookup fails by itself);
     *     another code if it may not grow that far
     */
    public static int grow(VmSpace space, long address) {
        VmMap map = space.map();
        map.lock();
        VmMapEntry found = map.lookupOrNext(address);
        int result = KernResult.SUCCESS;
        long end = 0;
        if (found != null && found.has(EntryFlags.STACK_GAP) && found.contains(address)) {
            end = found.end;
            result = growIntoGap(space, found, address);
        } else if (found != null && !found.contains(address) && found.has(EntryFlags.GROWS_DOWN)) {
            end = found.start;
            result = growIntoSpace(space, found, address);
        }
        map.unlock();
        if (result == KernResult.SUCCESS && end != 0 && space.wireFuture()) {
            VmMapEntry grown = map.lookup(address);
            if (grown != null) {
                space.wire(grown.start, end, true);
            }
        }
        return result;
    }

    private static int growIntoSpace(VmSpace space, VmMapEntry entry, long address) {
        VmMap map = space.map();
        long needed = entry.start - map.limits().truncatePage(address);
        if (needed > entry.growBytes) {
            return KernResult.NO_SPACE;
        }
        long gap = entry.start - (entry.previous == null ? map.limits().minAddress() : entry.previous.end);
        if (needed > gap) {
            entry.growBytes = gap;
            return KernResult.NO_SPACE;
        }
        long grow = allowed(space, address, needed, Math.min(entry.growBytes, gap));
        if (grow < 0) {
            return KernResult.NO_SPACE;
        }
        return extend(space, entry, address, grow, space.stackProtection(), VmProt.ALL);
    }

    private static int growIntoGap(VmSpace space, VmMapEntry gap, long address) {
        VmMap map = space.map();
        VmMapEntry stack = gap.next;
        if (stack == null || !stack.has(EntryFlags.GROWS_DOWN) || stack.start != gap.end) {
            return KernResult.FAILURE;
        }
        long needed = stack.start - map.limits().truncatePage(address);
        long available = gap.sizeBytes() - gap.growBytes;
        long grow = needed > available ? -1 : allowed(space, address, needed, available);
        if (grow < 0) {
            return KernResult.NO_SPACE;
        }
        int protection = gap.stackProtection();
        int maxProtection = gap.stackMaxProtection();
        if (grow == gap.sizeBytes()) {
            map.unlink(gap);
        } else {
            map.moveEnd(gap, gap.end - grow);
        }
        return extend(space, stack, address, grow, protection, maxProtection);
    }

    /** By how much a stack grows that needs to and has room for {@code available} bytes; -1 if a limit forbids it. */
    private static long allowed(VmSpace space, long address, long needed, long available) {
        VmLimits limits = space.map().limits();
        boolean processStack = address >= space.stackBottom();
        long stackLimit = space.limits().stackLimitBytes();
        if (processStack && space.stackBytes() + needed > stackLimit) {
            return -1;
        }
        long granules = (needed + limits.stackGrowBytes() - 1) / limits.stackGrowBytes();
        long grow = Math.min(granules * limits.stackGrowBytes(), available);
        if (processStack && space.stackBytes() + grow > stackLimit) {
            grow = limits.truncatePage(stackLimit) - space.stackBytes();
        }
        return fits(space, grow) && space.mayLockMore(grow) ? grow : -1;
    }

    private static int extend(
            VmSpace space, VmMapEntry entry, long address, long grow, int protection, int maxProtection) {
        VmMap map = space.map();
        long start = entry.start - grow;
        int result = MapInsert.insert(map, null, 0, start, entry.start, protection, maxProtection, 0);
        if (result != KernResult.SUCCESS) {
            return result;
        }
        long rest = entry.growBytes - grow;
        entry.clear(EntryFlags.GROWS_DOWN);
        entry.growBytes = 0;
        markGrowing(map, start, rest);
        if (address >= space.stackBottom()) {
            space.stackGrew(grow);
        }
        map.context().counters().count(VmCounter.STACK_GROWTHS);
        return KernResult.SUCCESS;
    }
}
