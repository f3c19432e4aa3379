// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.quirk;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The quirks of one slot of one kernel: what the variant in the slot has, and what the user chose instead.
 *
 * <p>A choice holds whatever fills the slot later. Engine thread only.
 *
 * @param <Q> the quirks of the slot
 */
@ProviderType
public final class QuirkSwitches<Q extends Enum<Q> & NamedQuirk> {
    private final String slot;
    private final Class<Q> type;
    private final Consumer<QuirkSet<Q>> user;
    private final Map<Q, Boolean> chosen;
    private QuirkSet<Q> usual;

    /**
     * Makes the switches of a slot; all quirks are off until {@link #usual}.
     *
     * @param slot name of the slot
     * @param user is given the quirks that are on, after every change
     */
    public QuirkSwitches(String slot, Class<Q> type, Consumer<QuirkSet<Q>> user) {
        this.slot = slot;
        this.type = type;
        this.user = user;
        this.chosen = new EnumMap<>(type);
        this.usual = QuirkSet.none(type);
    }

    /** Name of the slot. */
    public String slot() {
        return slot;
    }

    /** The quirks, in the order of their numbers. */
    public List<Q> quirks() {
        return List.of(type.getEnumConstants());
    }

    /** Whether a quirk is on: as it was chosen, or else as the variant has it. */
    public boolean on(Q quirk) {
        Boolean choice = chosen.get(quirk);
        return choice == null ? usual.has(quirk) : choice;
    }

    /** Whether the user chose that it is on or off. */
    public boolean chosen(Q quirk) {
        return chosen.containsKey(quirk);
    }

    /** Says what the variant has that fills the slot now. */
    public void usual(QuirkSet<Q> quirks) {
        usual = quirks;
        tell();
    }

    /** The user's choice. */
    public void choose(Q quirk, boolean switchedOn) {
        chosen.put(quirk, switchedOn);
        tell();
    }

    private void tell() {
        QuirkSet<Q> now = QuirkSet.none(type);
        for (Q quirk : type.getEnumConstants()) {
            now = on(quirk) ? now.with(quirk, true) : now;
        }
        user.accept(now);
    }
}
