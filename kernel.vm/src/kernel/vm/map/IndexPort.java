// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import machine.core.slot.SlotGuard;
import machine.core.watchdog.EvictionReport;
import machine.core.watchdog.Guard;

/**
 * The index of one map, which another bundle may have brought. The only way into its code: never inlined, so that no
 * frame of an LWP that sleeps refers to it.
 *
 * <p>The entries and their list belong to the map, and the index is a cache of them. So one that throws, hangs or
 * answers wrong is evicted at once, and another one made of the lists of all maps answers in its place. Every answer is
 * checked against the entry it names and that entry's neighbours, but one: that there is no gap is only known after a
 * walk along the list, which is made then.
 */
@Guard
final class IndexPort {
    private final VmMap map;
    private final VmSpaces spaces;
    private final SlotGuard guard;
    private EntryIndex index;

    IndexPort(VmMap map, VmSpaces spaces) {
        this.map = map;
        this.spaces = spaces;
        guard = spaces.guard();
        while (index == null) {
            EntryIndex made = create(spaces.index());
            // An index that could not be made was evicted; what was made meanwhile is of its successor.
            index = made;
        }
    }

    private EntryIndex create(MapIndexKind kind) {
        int outer = guard.enter();
        try {
            EntryIndex made = kind.create(map.limits().maxAddress());
            guard.exit(outer);
            if (made != null) {
                return made;
            }
            guard.evict(EvictionReport.Kind.RULE, "create", "it made none");
        } catch (Throwable e) {
            guard.threw("create", outer, e, spaces.index() == kind);
        }
        return null;
    }

    void limit(long maxAddress) {
        EntryIndex called = index;
        int outer = guard.enter();
        try {
            called.limit(maxAddress);
            guard.exit(outer);
        } catch (Throwable e) {
            guard.threw("limit", outer, e, index == called);
        }
    }

    VmMapEntry floor(long address) {
        while (true) {
            EntryIndex called = index;
            int outer = guard.enter();
            try {
                VmMapEntry entry = called.floor(address);
                guard.exit(outer);
                if (entry != null && entry.owner == map && entry.contains(address) || isFloor(entry, address)) {
                    return entry;
                }
                wrong("floor", entry, "does not find what is at 0x" + Long.toHexString(address));
            } catch (Throwable e) {
                guard.threw("floor", outer, e, index == called);
            }
        }
    }

    /** Whether an address lies in the gap behind an entry, or in the one in front of all. */
    private boolean isFloor(VmMapEntry entry, long address) {
        VmMapEntry behind = entry == null ? map.first() : entry.next;
        boolean below = entry == null || entry.owner == map && entry.start <= address;
        return below && (behind == null || behind.start > address);
    }

    private void wrong(String callback, VmMapEntry answer, String problem) {
        if (answer != null && answer.owner != map) {
            guard.evict(EvictionReport.Kind.DUPLICATE, callback, "it still has an entry that was taken out of the map");
        } else {
            guard.evict(EvictionReport.Kind.LOST, callback, "it " + problem);
        }
    }

    /** After a failure the successor has the entry already. */
    void insert(VmMapEntry entry) {
        EntryIndex called = index;
        guard.decisions().record("insert", entry.start, entry.end);
        int outer = guard.enter();
        try {
            called.insert(entry);
            guard.exit(outer);
        } catch (Throwable e) {
            guard.threw("insert", outer, e, index == called);
        }
    }

    /** After a failure the successor has the entry, and loses it in turn. */
    void remove(VmMapEntry entry) {
        guard.decisions().record("remove", entry.start, entry.end);
        while (true) {
            EntryIndex called = index;
            int outer = guard.enter();
            try {
                called.remove(entry);
                guard.exit(outer);
                return;
            } catch (Throwable e) {
                guard.threw("remove", outer, e, index == called);
            }
        }
    }

    void moveStart(VmMapEntry entry, long newStart) {
        guard.decisions().record("moveStart", newStart, entry.end);
        while (true) {
            EntryIndex called = index;
            int outer = guard.enter();
            try {
                called.moveStart(entry, newStart);
                guard.exit(outer);
                return;
            } catch (Throwable e) {
                guard.threw("moveStart", outer, e, index == called);
            }
        }
    }

    /** After a failure the successor knows the gap already. */
    void gapChanged(VmMapEntry entry) {
        EntryIndex called = index;
        guard.decisions().record("gapChanged", entry.start, entry.end);
        int outer = guard.enter();
        try {
            called.gapChanged(entry);
            guard.exit(outer);
        } catch (Throwable e) {
            guard.threw("gapChanged", outer, e, index == called);
        }
    }

    VmMapEntry nextGap(VmMapEntry entry, long length) {
        while (true) {
            EntryIndex called = index;
            int outer = guard.enter();
            try {
                VmMapEntry owner = called.nextGap(entry, length);
                guard.exit(outer);
                if (owner == null ? noGap(entry, length) : isGap(entry, owner, length)) {
                    guard.decisions().record("nextGap", owner == null ? -1 : owner.end, length);
                    return owner;
                }
                wrong("nextGap", owner, "knows no gap of 0x" + Long.toHexString(length) + " bytes behind " + entry);
            } catch (Throwable e) {
                guard.threw("nextGap", outer, e, index == called);
            }
        }
    }

    private boolean isGap(VmMapEntry from, VmMapEntry owner, long length) {
        return owner.owner == map && owner.start > from.start && gapBehind(owner) >= length;
    }

    private boolean noGap(VmMapEntry from, long length) {
        for (VmMapEntry entry = from.next; entry != null; entry = entry.next) {
            if (gapBehind(entry) >= length) {
                return false;
            }
        }
        return true;
    }

    private long gapBehind(VmMapEntry entry) {
        return (entry.next == null ? map.limits().maxAddress() : entry.next.start) - entry.end;
    }

    /**
     * Replaces the index by one of another kind.
     *
     * @throws IllegalStateException if the new one does not find an entry or a gap; this one then has to be made again
     */
    void rebuild(MapIndexKind kind) {
        index = IndexBuilder.build(kind, map.first(), map.limits().maxAddress());
    }
}
