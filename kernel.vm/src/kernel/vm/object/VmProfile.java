// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import java.util.EnumSet;
import java.util.Objects;

/**
 * How faithful the memory layer is: a name, the quirks of 2006 that are on, and the later features. Immutable.
 *
 * <p>Without quirks the errno of a call are those of later FreeBSD. Which signal a failed fault becomes is another
 * question: {@link VmContext#signals()}.
 */
public final class VmProfile {
    private final String name;
    private final EnumSet<Quirk> quirks;
    private final EnumSet<Feature> features;

    private VmProfile(String name, EnumSet<Quirk> quirks, EnumSet<Feature> features) {
        this.name = Objects.requireNonNull(name, "name");
        this.quirks = quirks;
        this.features = features;
    }

    /** The behaviour of the 2006 source, defects included. */
    public static VmProfile seed() {
        return new VmProfile("seed", EnumSet.allOf(Quirk.class), EnumSet.noneOf(Feature.class));
    }

    /** The seed's errno with its defects repaired. */
    public static VmProfile fixed() {
        EnumSet<Quirk> kept = of(Quirk.Kind.DECISION);
        kept.addAll(of(Quirk.Kind.LASTING));
        return new VmProfile("fixed", kept, EnumSet.noneOf(Feature.class));
    }

    /** The errno and the features of FreeBSD 14. */
    public static VmProfile modern() {
        return new VmProfile("modern", of(Quirk.Kind.LASTING), EnumSet.allOf(Feature.class));
    }

    private static EnumSet<Quirk> of(Quirk.Kind kind) {
        EnumSet<Quirk> set = EnumSet.noneOf(Quirk.class);
        for (Quirk quirk : Quirk.values()) {
            if (quirk.kind() == kind) {
                set.add(quirk);
            }
        }
        return set;
    }

    /** This profile with one quirk switched off. */
    public VmProfile without(Quirk quirk) {
        EnumSet<Quirk> rest = EnumSet.copyOf(quirks);
        rest.remove(quirk);
        return new VmProfile(name, rest, features);
    }

    /** This profile with one quirk switched on. */
    public VmProfile with(Quirk quirk) {
        EnumSet<Quirk> more = EnumSet.copyOf(quirks);
        more.add(quirk);
        return new VmProfile(name, more, features);
    }

    /** This profile without one later feature. */
    public VmProfile without(Feature feature) {
        EnumSet<Feature> rest = EnumSet.copyOf(features);
        rest.remove(feature);
        return new VmProfile(name, quirks, rest);
    }

    /** This profile with one later feature. */
    public VmProfile with(Feature feature) {
        EnumSet<Feature> more = EnumSet.copyOf(features);
        more.add(feature);
        return new VmProfile(name, quirks, more);
    }

    public String name() {
        return name;
    }

    /** Whether a behaviour of 2006 is on. */
    public boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    /** Whether a later feature is there. */
    public boolean has(Feature feature) {
        return features.contains(feature);
    }
}
