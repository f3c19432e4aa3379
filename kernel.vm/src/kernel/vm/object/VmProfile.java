// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import kernel.sched.quirk.QuirkSet;

/**
 * How faithful the memory layer is: a name, the quirks of 2006 that are on, and the later features. Immutable.
 *
 * <p>Without quirks the errno of a call are those of later FreeBSD. Which signal a failed fault becomes is another
 * question: {@link VmContext#signals()}.
 */
public final class VmProfile {
    private final String name;
    private final QuirkSet<Quirk> quirks;
    private final EnumSet<Feature> features;

    private VmProfile(String name, QuirkSet<Quirk> quirks, EnumSet<Feature> features) {
        this.name = Objects.requireNonNull(name, "name");
        this.quirks = quirks;
        this.features = features;
    }

    /** The behaviour of the 2006 source, defects included. */
    public static VmProfile seed() {
        return new VmProfile("seed", QuirkSet.all(Quirk.class), EnumSet.noneOf(Feature.class));
    }

    /** The seed's errno with its defects repaired. */
    public static VmProfile fixed() {
        return new VmProfile("fixed", usualOf("fixed"), EnumSet.noneOf(Feature.class));
    }

    /** The errno and the features of FreeBSD 14. */
    public static VmProfile modern() {
        return new VmProfile("modern", usualOf("modern"), EnumSet.allOf(Feature.class));
    }

    private static QuirkSet<Quirk> usualOf(String profile) {
        return QuirkSet.of(Quirk.class,
                Arrays.stream(Quirk.values()).filter(quirk -> quirk.variants().contains(profile)).toList());
    }

    /** This profile with one quirk switched off. */
    public VmProfile without(Quirk quirk) {
        return with(quirks.with(quirk, false));
    }

    /** This profile with one quirk switched on. */
    public VmProfile with(Quirk quirk) {
        return with(quirks.with(quirk, true));
    }

    /** This profile with exactly these quirks. */
    public VmProfile with(QuirkSet<Quirk> others) {
        return new VmProfile(name, others, features);
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

    /** Name of the variant of slot {@code vm}. */
    public String name() {
        return name;
    }

    /** Whether a behaviour of 2006 is on. */
    public boolean has(Quirk quirk) {
        return quirks.has(quirk);
    }

    /** The quirks that are on. */
    public QuirkSet<Quirk> quirks() {
        return quirks;
    }

    /** Whether a later feature is there. */
    public boolean has(Feature feature) {
        return features.contains(feature);
    }
}
