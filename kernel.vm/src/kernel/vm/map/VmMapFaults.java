// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.object.VmObject;
import kernel.vm.pmap.VmProt;

/** The changes that a fault makes to an entry; the map is write-locked. */
public final class VmMapFaults {
    private VmMapFaults() {}

    /** Gives an entry an object of its own if it has none. */
    public static void needObject(VmMap map, VmMapEntry entry) {
        map.needObject(entry);
    }

    /** Puts a shadow in front of the entry's object, before the first write to a copy. */
    public static void shadow(VmMap map, VmMapEntry entry) {
        if (entry.object != null) {
            VmObject shadow = map.context().objects().chains().shadow(
                    entry.object, entry.offset, entry.sizePages());
            if (shadow != entry.object) {
                entry.object(shadow, 0);
            }
        }
        entry.clear(EntryFlags.NEEDS_COPY);
    }

    /** Takes WRITE from the greatest protection of an entry. */
    public static void stripMaxWrite(VmMapEntry entry) {
        entry.maxProtection &= ~VmProt.WRITE;
    }
}
