// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One slot's part of a swap, driven by {@link Swapper} through its phases at a safe point.
 *
 * <p>Order: {@link #export}, {@link #importState}, {@link #commit}, {@link #release}. Until commit the
 * active variant stays bound, and {@link #rollback} must leave everything as it was. State crosses in
 * neutral records, never as objects of the old variant.
 */
@ConsumerType
public interface SlotSwap {

    /** Takes the state out of the active variant into neutral records. */
    void export() throws SwapException;

    /** Puts the records into the new variant, then checks counts and invariants. */
    void importState() throws SwapException;

    /** Makes the new variant the active one. Must not fail. */
    void commit();

    /**
     * Undoes whatever was done since prepare; called after any failure before commit, also of another
     * slot, and also when this slot never got to export. Must not fail.
     */
    void rollback();

    /** After commit: gives up the old variant. Returns its handle, or null if the slot was vacant. */
    VariantHandle release();

    /** Tasks, pages or other things moved so far. */
    int moved();
}
