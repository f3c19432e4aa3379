// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.fault;

import kernel.vm.map.EntryFlags;
import kernel.vm.map.VmMap;
import kernel.vm.map.VmMapEntry;
import kernel.vm.map.VmMapFaults;
import kernel.vm.object.Quirk;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.VmProt;

/** From an address to object, index and protection: {@code vm_map_lookup} of FreeBSD {@code vm_map.c} 1.373. */
final class FaultLookup {
    /** The entry must be changed first, and the map is only read-locked. */
    static final int NEEDS_WRITE_LOCK = -1;
    /** The address is in the gap below a stack, which may grow into it. */
    static final int IN_STACK_GAP = -2;

    private FaultLookup() {}

    /**
     * Fills the state for an access; the map is locked.
     *
     * @param exclusive whether it is write-locked
     * @return a {@link KernResult}, {@link #NEEDS_WRITE_LOCK} or {@link #IN_STACK_GAP}
     */
    static int lookup(FaultState state, boolean exclusive) {
        VmMapEntry entry = state.map.lookup(state.address);
        if (entry == null) {
            return KernResult.INVALID_ADDRESS;
        }
        if ((state.access & ~entry.protection()) != 0) {
            return entry.has(EntryFlags.STACK_GAP) ? IN_STACK_GAP : KernResult.PROTECTION_FAILURE;
        }
        boolean write = (state.access & VmProt.WRITE) != 0;
        if (write && entry.has(EntryFlags.USER_WIRED) && entry.has(EntryFlags.COW)
                && state.map.context().profile().has(Quirk.LOCKED_COPY_UNWRITABLE)) {
            return KernResult.PROTECTION_FAILURE;
        }
        return resolveEntry(state, entry, exclusive);
    }

    /**
     * Fills the state for wiring a page of an entry for a user; the map is write-locked, the entry counts as wired.
     *
     * <p>An entry that cannot be read is wired all the same if it may ever be written; on the way it loses WRITE for
     * good, as in the original.
     */
    static int lookupForWiring(FaultState state, VmMapEntry entry) {
        if ((entry.protection() & VmProt.READ) == 0) {
            int both = VmProt.READ | VmProt.WRITE;
            if ((entry.maxProtection() & both) != both) {
                return KernResult.PROTECTION_FAILURE;
            }
            if ((entry.protection() & VmProt.WRITE) == 0
                    && state.map.context().profile().has(Quirk.WIRING_STRIPS_WRITE)) {
                VmMapFaults.stripMaxWrite(entry);
            }
        }
        return resolveEntry(state, entry, true);
    }

    private static int resolveEntry(FaultState state, VmMapEntry entry, boolean exclusive) {
        VmMap map = state.map;
        state.wired = entry.wiredCount() != 0;
        state.protection = entry.protection();
        if (state.wired) {
            state.access = entry.protection();
        }
        if (entry.has(EntryFlags.NEEDS_COPY)) {
            if ((state.access & VmProt.WRITE) == 0) {
                state.protection &= ~VmProt.WRITE;
            } else if (!exclusive) {
                return NEEDS_WRITE_LOCK;
            } else {
                VmMapFaults.shadow(map, entry);
            }
        }
        if (entry.object() == null) {
            if (!exclusive) {
                return NEEDS_WRITE_LOCK;
            }
            VmMapFaults.needObject(map, entry);
        }
        state.entry = entry;
        state.firstObject = entry.object();
        state.firstIndex = entry.indexOf(state.address);
        return KernResult.SUCCESS;
    }
}
