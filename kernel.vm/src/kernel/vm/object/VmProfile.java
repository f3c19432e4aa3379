// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import java.util.EnumSet;
import java.util.Objects;

/**
 * How faithful the memory layer is: a name, the quirks that are on, and the signals of failed faults. Immutable.
 *
 * <p>Without quirks the errno of a call are those of later FreeBSD.
 */
public final class VmProfile {
    private final String name;
    private final EnumSet<Quirk> quirks;
    private final SignalPersonality signals;

    private VmProfile(String name, EnumSet<Quirk> quirks, SignalPersonality signals) {
        this.name = Objects.requireNonNull(name, "name");
        this.quirks = quirks;
        this.signals = Objects.requireNonNull(signals, "signals");
    }

    /** The behaviour of the 2006 source, defects included; signals as POSIX wants them. */
    public static VmProfile seed() {
        return new VmProfile("seed", EnumSet.allOf(Quirk.class), SignalPersonality.MODERN);
    }

    /** The seed's errno with its defects repaired. */
    public static VmProfile fixed() {
        EnumSet<Quirk> decisions = EnumSet.noneOf(Quirk.class);
        for (Quirk quirk : Quirk.values()) {
            if (!quirk.defect()) {
                decisions.add(quirk);
            }
        }
        return new VmProfile("fixed", decisions, SignalPersonality.MODERN);
    }

    /** The errno of FreeBSD 14. */
    public static VmProfile modern() {
        return new VmProfile("modern", EnumSet.noneOf(Quirk.class), SignalPersonality.MODERN);
    }

    /** This profile with one quirk switched off. */
    public VmProfile without(Quirk quirk) {
        EnumSet<Quirk> rest = EnumSet.copyOf(quirks);
        rest.remove(quirk);
        return new VmProfile(name, rest, signals);
    }

    /** This profile with one quirk switched on. */
    public VmProfile with(Quirk quirk) {
        EnumSet<Quirk> more = EnumSet.copyOf(quirks);
        more.add(quirk);
        return new VmProfile(name, more, signals);
    }

    /** This profile with other signals. */
    public VmProfile with(SignalPersonality personality) {
        return new VmProfile(name, quirks, personality);
    }

    public String name() {
        return name;
    }

    /** Whether a defect is to be reproduced. */
    public boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    public SignalPersonality signals() {
        return signals;
    }
}
