// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.quirk;

import java.util.Collection;
import java.util.EnumSet;

/**
 * Which quirks of one slot are on. Immutable.
 *
 * @param <Q> the quirks of the slot
 */
public final class QuirkSet<Q extends Enum<Q> & NamedQuirk> {
    private final EnumSet<Q> on;

    private QuirkSet(EnumSet<Q> on) {
        this.on = on;
    }

    /** A set of these. */
    public static <Q extends Enum<Q> & NamedQuirk> QuirkSet<Q> of(Class<Q> type, Collection<Q> quirks) {
        EnumSet<Q> on = EnumSet.noneOf(type);
        on.addAll(quirks);
        return new QuirkSet<>(on);
    }

    /** All there are. */
    public static <Q extends Enum<Q> & NamedQuirk> QuirkSet<Q> all(Class<Q> type) {
        return new QuirkSet<>(EnumSet.allOf(type));
    }

    /** None. */
    public static <Q extends Enum<Q> & NamedQuirk> QuirkSet<Q> none(Class<Q> type) {
        return new QuirkSet<>(EnumSet.noneOf(type));
    }

    /** Whether a quirk is on. */
    public boolean has(Q quirk) {
        return on.contains(quirk);
    }

    /** This set with one quirk switched. */
    public QuirkSet<Q> with(Q quirk, boolean switchedOn) {
        EnumSet<Q> next = EnumSet.copyOf(on);
        if (switchedOn) {
            next.add(quirk);
        } else {
            next.remove(quirk);
        }
        return new QuirkSet<>(next);
    }
}
