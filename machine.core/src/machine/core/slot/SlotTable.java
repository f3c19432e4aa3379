// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The slots of one kernel, in the order they were registered. */
@ProviderType
public final class SlotTable {

    private final List<Slot> slots = new ArrayList<>();

    /** Makes an empty table. */
    public SlotTable() {
    }

    /**
     * Adds a slot.
     *
     * @throws IllegalArgumentException if there is one of that name
     */
    public void register(Slot slot) {
        if (find(slot.name()) != null) {
            throw new IllegalArgumentException("there is already a slot " + slot.name());
        }
        slots.add(slot);
    }

    /** The slot of that name, or null. */
    public Slot find(String name) {
        for (Slot slot : slots) {
            if (slot.name().equals(name)) {
                return slot;
            }
        }
        return null;
    }

    /** All slots, read-only. */
    public List<Slot> slots() {
        return Collections.unmodifiableList(slots);
    }
}
