// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.page.VmCounter;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.VmProt;

/**
 * Entries that grow downwards when they are touched below: {@code vm_map_stack} and {@code vm_map_growstack} of
 * FreeBSD {@code sys/vm/vm_map.c} 1.373. The space below is not reserved and there is no guard page.
 */
public final class MapStack {
    private MapStack() {}

    /**
     * Maps the top of a stack region.
     *
     * @param bottom the lowest address the stack may reach; nothing is searched
     * @param maxBytes the size of the region; only its top is mapped now
     * @return SUCCESS or NO_SPACE. DEVIATION: a region that wraps or ends above the highest address is refused too,
     *     where the original corrupts its list.
     */
    public static int insert(
            VmSpace space, long bottom, long maxBytes, int protection, int maxProtection, int flags) {
        VmMap map = space.map();
        VmLimits limits = map.limits();
        if (bottom < limits.minAddress() || bottom > limits.maxAddress() - maxBytes) {
            return KernResult.NO_SPACE;
        }
        long initial = Math.min(maxBytes, limits.stackGrowBytes());
        map.lock();
        int result = KernResult.NO_SPACE;
        VmMapEntry above = map.lookupOrNext(bottom);
        boolean free = above == null || above.start >= bottom + maxBytes;
        if (free && fits(space, initial)) {
            long top = bottom + maxBytes;
            result = MapInsert.insert(map, null, 0, top - initial, top, protection, maxProtection, flags);
            if (result == KernResult.SUCCESS) {
                markGrowing(map, top - initial, maxBytes - initial);
            }
        }
        map.unlock();
        return result;
    }

    private static boolean fits(VmSpace space, long moreBytes) {
        return space.map().sizeBytes() + moreBytes <= space.limits().spaceLimitBytes();
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
     *     NO_SPACE if it may not grow that far
     */
    public static int grow(VmSpace space, long address) {
        VmMap map = space.map();
        map.lock();
        VmMapEntry entry = map.lookupOrNext(address);
        int result = entry == null || entry.contains(address) || !entry.has(EntryFlags.GROWS_DOWN)
                ? KernResult.SUCCESS
                : growEntry(space, entry, address);
        map.unlock();
        return result;
    }

    private static int growEntry(VmSpace space, VmMapEntry entry, long address) {
        VmMap map = space.map();
        VmLimits limits = map.limits();
        long needed = entry.start - limits.truncatePage(address);
        if (needed > entry.growBytes) {
            return KernResult.NO_SPACE;
        }
        long gap = entry.start - (entry.previous == null ? limits.minAddress() : entry.previous.end);
        if (needed > gap) {
            entry.growBytes = gap;
            return KernResult.NO_SPACE;
        }
        boolean processStack = address >= space.stackBottom();
        long stackLimit = space.limits().stackLimitBytes();
        if (processStack && space.stackBytes() + needed > stackLimit) {
            return KernResult.NO_SPACE;
        }
        long granules = (needed + limits.stackGrowBytes() - 1) / limits.stackGrowBytes();
        long grow = Math.min(Math.min(granules * limits.stackGrowBytes(), entry.growBytes), gap);
        if (processStack && space.stackBytes() + grow > stackLimit) {
            grow = limits.truncatePage(stackLimit) - space.stackBytes();
        }
        if (!fits(space, grow)) {
            return KernResult.NO_SPACE;
        }
        return extend(space, entry, grow, processStack);
    }

    private static int extend(VmSpace space, VmMapEntry entry, long grow, boolean processStack) {
        VmMap map = space.map();
        long start = entry.start - grow;
        int result = MapInsert.insert(
                map, null, 0, start, entry.start, space.stackProtection(), VmProt.ALL, 0);
        if (result != KernResult.SUCCESS) {
            return result;
        }
        long rest = entry.growBytes - grow;
        entry.clear(EntryFlags.GROWS_DOWN);
        entry.growBytes = 0;
        markGrowing(map, start, rest);
        if (processStack) {
            space.stackGrew(grow);
        }
        map.context().counters().count(VmCounter.STACK_GROWTHS);
        return KernResult.SUCCESS;
    }
}
