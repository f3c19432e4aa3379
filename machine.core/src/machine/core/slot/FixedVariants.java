// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/** Variants from a list of suppliers, for tests and programs that run without a service registry. */
@ProviderType
public final class FixedVariants implements VariantSource {

    private final SortedMap<String, SortedMap<String, Supplier<?>>> suppliers = new TreeMap<>();

    /** Makes an empty source. */
    public FixedVariants() {
    }

    /** Adds or replaces a variant; returns this. */
    public FixedVariants add(String slot, String variant, Supplier<?> supplier) {
        suppliers.computeIfAbsent(slot, s -> new TreeMap<>()).put(variant, supplier);
        return this;
    }

    /** Removes a variant; instances already made stay valid. */
    public void remove(String slot, String variant) {
        SortedMap<String, Supplier<?>> variants = suppliers.get(slot);
        if (variants != null) {
            variants.remove(variant);
        }
    }

    @Override
    public List<String> slots() {
        return List.copyOf(suppliers.keySet());
    }

    @Override
    public List<VariantInfo> variants(String slot) {
        List<VariantInfo> infos = new ArrayList<>();
        suppliers.getOrDefault(slot, new TreeMap<>())
                .forEach((name, supplier) -> infos.add(new VariantInfo(slot, name, "built-in", "")));
        return infos;
    }

    @Override
    public VariantHandle acquire(String slot, String variant) {
        Supplier<?> supplier = suppliers.getOrDefault(slot, new TreeMap<>()).get(variant);
        return supplier == null ? null : new Handle(slot, variant, supplier.get());
    }

    /** An instance nobody has to be told about. */
    private record Handle(String slot, String variant, Object instance) implements VariantHandle {
        @Override
        public void release() {
            // Nobody counts the instances of a fixed source.
        }
    }
}
