// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * How one slot goes on when the variant in it is evicted; what a {@link SlotGuard} does not know.
 *
 * <p>Called on the engine thread in the middle of the call that failed, whatever the kernel holds then: nothing here
 * blocks or interleaves, and nothing is asked of the variant that failed.
 */
@ConsumerType
public interface Succession {

    /** Whether a variant of the right type can take over as things are. */
    default boolean accepts(VariantHandle next) {
        return true;
    }

    /** Takes the variant that failed out of the slot. What it kept is found again without it. */
    void expel();

    /**
     * Puts a successor in and gives it all that belongs to the slot.
     *
     * <p>Calls it as always, under the guard: when it fails in its turn, its eviction does all this again, and this
     * call just ends.
     *
     * @param next the successor, or null when there is none
     */
    void succeed(VariantHandle next);

    /** Why the kernel cannot wait when there is no successor, and so panics; null if it can halt until there is one. */
    default String obstacle() {
        return null;
    }
}
