// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.testing;

import kernel.vm.map.EntryFlags;
import kernel.vm.map.VmMap;
import kernel.vm.map.VmMapEntry;
import kernel.vm.map.VmSpace;
import kernel.vm.object.VmObject;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.VmProt;
import kernel.vm.system.VmSystem;

/** What must hold between any two calls. */
public final class MapChecks {
    private MapChecks() {}

    /** Checks maps, reference counts, shadow counts and mappings of a whole memory layer. */
    public static void check(VmSystem vm) {
        for (VmSpace space = vm.spaces().first(); space != null; space = space.next()) {
            checkMap(space.map());
            checkMappings(vm, space);
        }
        for (VmObject object = vm.context().objects().first(); object != null; object = object.nextLive()) {
            checkReferences(vm, object);
        }
    }

    private static void checkMap(VmMap map) {
        long size = 0;
        int entries = 0;
        VmMapEntry previous = null;
        for (VmMapEntry entry = map.first(); entry != null; entry = entry.next()) {
            require(entry.start() < entry.end(), entry + " is empty");
            require(previous == null || previous.end() <= entry.start(), entry + " overlaps " + previous);
            require(map.lookup(entry.start()) == entry, entry + " is not found at its start");
            require(map.lookup(entry.end() - 1) == entry, entry + " is not found at its end");
            require(!entry.has(EntryFlags.NEEDS_COPY) || entry.has(EntryFlags.COW), entry + " needs a copy, not COW");
            require(!entry.has(EntryFlags.GUARD) || entry.object() == null && entry.protection() == 0,
                    entry + " is a guard with an object or access");
            require(!entry.has(EntryFlags.USER_WIRED) || entry.wiredCount() > 0, entry + " is wired 0 times");
            size += entry.has(EntryFlags.GUARD) ? 0 : entry.sizeBytes();
            entries++;
            previous = entry;
        }
        require(size == map.sizeBytes(), "map has " + size + " bytes, but says " + map.sizeBytes());
        require(entries == map.entries(), "map has " + entries + " entries, but says " + map.entries());
    }

    private static void checkMappings(VmSystem vm, VmSpace space) {
        int[] counts = new int[2];
        space.pmap().forEachMapping((va, page, prot, wired, referenced, modified) -> {
            counts[0]++;
            counts[1] += wired ? 1 : 0;
            VmMapEntry entry = space.map().lookup(va);
            require(entry != null, "a mapping outside of the map at " + Long.toHexString(va));
            require((prot & ~entry.protection()) == 0, "a mapping grants more than " + entry);
            VmPage expected = vm.context().objects().findInChain(entry.object(), entry.indexOf(va));
            require(page == expected, "a mapping at " + Long.toHexString(va) + " of " + page + ", not " + expected);
            if ((prot & VmProt.WRITE) != 0) {
                require(page.writeable(), page + " is mapped writable without the flag");
                require(page.owner() == entry.object() && !entry.has(EntryFlags.NEEDS_COPY),
                        page + " of a lower object is mapped writable");
            }
        });
        require(counts[0] == space.pmap().residentCount(), "resident count");
        require(counts[1] == space.pmap().wiredCount(), "wired count");
    }

    private static void checkReferences(VmSystem vm, VmObject object) {
        int references = 0;
        for (VmSpace space = vm.spaces().first(); space != null; space = space.next()) {
            for (VmMapEntry entry = space.map().first(); entry != null; entry = entry.next()) {
                references += entry.object() == object ? 1 : 0;
            }
        }
        int shadows = 0;
        for (VmObject other = vm.context().objects().first(); other != null; other = other.nextLive()) {
            shadows += other.backing() == object ? 1 : 0;
        }
        require(shadows == object.shadowCount(), object + " has " + shadows + " shadows, not " + object.shadowCount());
        references += shadows;
        require(references == object.refCount(), object + " has " + references + " users, not " + object.refCount());
        for (VmPage page = object.pages().first(); page != null; page = page.nextOfOwner()) {
            require(page.owner() == object, page + " is in the list of " + object);
            require(vm.pages().find(object, page.index()) == page, page + " is not found");
            require(page.index() < object.sizePages() || page.wireCount() > 0, page + " lies behind the end");
            require(!page.busy(), page + " is still busy");
            require(page.wireCount() > 0 == (page.queue() == null), page + " is on the wrong queue");
        }
    }


    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }
}
