// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import org.osgi.annotation.versioning.ConsumerType;

/** A named place in a kernel that one variant fills; implemented by the floor that owns it. */
@ConsumerType
public interface Slot {

    /** The name, for example {@code sched}. */
    String name();

    /** The type every variant of this slot has. */
    Class<?> variantType();

    /** The guard of its variants, which evicts who fails; null if they are plain values and bring no code. */
    default SlotGuard guard() {
        return null;
    }

    /** Name of the variant that fills it, or null if none does; a slot without a guard has to say it. */
    default String active() {
        return guard().variant();
    }

    /**
     * Gets ready to put {@code next} in, without touching the active variant.
     *
     * @param next the new variant, which is a {@link #variantType}, owned by the caller until {@link SlotSwap#commit};
     *     null to leave the slot vacant
     * @return this slot's part of the transaction
     * @throws SwapException if the variant cannot fill this slot; nothing has changed then
     */
    SlotSwap prepare(VariantHandle next) throws SwapException;
}
