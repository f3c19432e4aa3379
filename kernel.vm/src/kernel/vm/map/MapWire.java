// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.object.Quirk;
import kernel.vm.page.PagePool;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.VmProt;

/**
 * Locks ranges into memory for a user: {@code vm_map_wire} and {@code vm_map_unwire} of FreeBSD
 * {@code sys/vm/vm_map.c} 1.373.
 *
 * <p>DEVIATION: the map stays write-locked while pages are brought in, so entries are never in transition.
 */
public final class MapWire {
    private MapWire() {}

    /** Brings one page in and wires it; the fault code does it. */
    public interface PageWirer {
        /** Wires the page at an address of an entry; a {@link KernResult}. */
        int wirePage(VmMap map, VmMapEntry entry, long address);
    }

    /**
     * Wires a range; after a failure nothing more is wired than before, though entries may be split.
     *
     * @param holes whether unmapped parts are skipped; otherwise they give INVALID_ADDRESS
     */
    static int wire(VmMap map, long rangeStart, long rangeEnd, boolean holes, PageWirer wirer) {
        long start = map.clampStart(rangeStart);
        long end = Math.max(start, map.clampEnd(rangeEnd));
        map.lock();
        int result = KernResult.INVALID_ADDRESS;
        VmMapEntry first = holes ? map.lookupOrNext(start) : map.lookup(start);
        if (first == null) {
            result = holes ? KernResult.SUCCESS : result;
        } else {
            result = start == end ? emptyRange(map, first, start) : wireEntries(map, first, start, end, holes, wirer);
        }
        map.unlock();
        return result;
    }

    private static int emptyRange(VmMap map, VmMapEntry entry, long start) {
        if (start != entry.start && map.context().profile().has(Quirk.EMPTY_RANGE_LOCKS)) {
            map.context().hazard("mlock or munlock of nothing at 0x" + Long.toHexString(start)
                    + " would leave an empty entry in transition; unmapping it would sleep for ever");
        }
        return KernResult.SUCCESS;
    }

    private static int wireEntries(
            VmMap map, VmMapEntry found, long start, long end, boolean holes, PageWirer wirer) {
        map.clipStart(found, start);
        VmMapEntry entry = found;
        int result = KernResult.SUCCESS;
        while (result == KernResult.SUCCESS && entry != null && entry.start < end) {
            map.clipEnd(entry, end);
            result = wireEntry(map, entry, holes, wirer);
            if (result == KernResult.SUCCESS) {
                result = holes || !holeBehind(entry, end) ? result : KernResult.INVALID_ADDRESS;
                entry = entry.next;
            }
        }
        finish(map, start, result == KernResult.SUCCESS ? end : entry == null ? end : entry.start, result);
        return result;
    }

    private static boolean holeBehind(VmMapEntry entry, long end) {
        return entry.end < end && (entry.next == null || entry.next.start > entry.end);
    }

    private static boolean inaccessible(VmMapEntry entry) {
        return (entry.protection & (VmProt.READ | VmProt.EXEC)) == 0;
    }

    private static int wireEntry(VmMap map, VmMapEntry entry, boolean skipInaccessible, PageWirer wirer) {
        if (entry.wiredCount != 0) {
            if (!entry.has(EntryFlags.USER_WIRED)) {
                entry.wiredCount++;
            }
            return KernResult.SUCCESS;
        }
        boolean locksAll = map.context().profile().has(Quirk.LOCKS_INACCESSIBLE);
        if (entry.has(EntryFlags.GUARD) || inaccessible(entry) && !locksAll) {
            return skipInaccessible ? KernResult.SUCCESS : KernResult.INVALID_ADDRESS;
        }
        entry.wiredCount = 1;
        for (long va = entry.start; va < entry.end; va += PagePool.PAGE_SIZE) {
            int result = wirer.wirePage(map, entry, va);
            if (result != KernResult.SUCCESS) {
                EntryWiring.unwirePages(map, entry, va);
                entry.wiredCount = 0;
                return result;
            }
        }
        return KernResult.SUCCESS;
    }

    /** Marks the entries as the user's, or takes back what was added to them. */
    private static void finish(VmMap map, long start, long end, int result) {
        VmMapEntry entry = map.lookupOrNext(start);
        while (entry != null && entry.start < end) {
            if (result == KernResult.SUCCESS) {
                if (entry.wiredCount != 0) {
                    entry.set(EntryFlags.USER_WIRED);
                }
            } else if (!entry.has(EntryFlags.USER_WIRED)) {
                dropOne(map, entry);
            }
            map.simplify(entry);
            entry = entry.next;
        }
    }

    private static void dropOne(VmMap map, VmMapEntry entry) {
        if (--entry.wiredCount == 0) {
            EntryWiring.unwirePages(map, entry);
        }
    }

    /** Takes the user's wiring off a range; pages that were not wired stay as they are. */
    static int unwire(VmMap map, long rangeStart, long rangeEnd, boolean holes) {
        long start = map.clampStart(rangeStart);
        long end = Math.max(start, map.clampEnd(rangeEnd));
        map.lock();
        int result = KernResult.INVALID_ADDRESS;
        VmMapEntry first = holes ? map.lookupOrNext(start) : map.lookup(start);
        if (first == null) {
            result = holes ? KernResult.SUCCESS : result;
        } else {
            result = start == end ? emptyRange(map, first, start) : unwireEntries(map, first, start, end, holes);
        }
        map.unlock();
        return result;
    }

    private static int unwireEntries(VmMap map, VmMapEntry found, long start, long end, boolean holes) {
        map.clipStart(found, start);
        int result = KernResult.SUCCESS;
        VmMapEntry entry = found;
        while (result == KernResult.SUCCESS && entry != null && entry.start < end) {
            map.clipEnd(entry, end);
            result = holes || !holeBehind(entry, end) ? result : KernResult.INVALID_ADDRESS;
            entry = entry.next;
        }
        if (result == KernResult.SUCCESS) {
            dropUserWiring(map, start, end);
        }
        return result;
    }

    private static void dropUserWiring(VmMap map, long start, long end) {
        VmMapEntry entry = map.lookupOrNext(start);
        while (entry != null && entry.start < end) {
            if (entry.has(EntryFlags.USER_WIRED)) {
                entry.clear(EntryFlags.USER_WIRED);
                dropOne(map, entry);
            }
            map.simplify(entry);
            entry = entry.next;
        }
    }
}
