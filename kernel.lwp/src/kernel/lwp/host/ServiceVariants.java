// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import machine.core.slot.VariantHandle;
import machine.core.slot.VariantInfo;
import machine.core.slot.VariantSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;

/**
 * The variants in the service registry.
 *
 * <p>If several services claim a name, the one registered first counts; ranking never does. Thread-safe: bundles
 * change the table, engine threads read it.
 */
final class ServiceVariants implements VariantSource {
    static final String SLOT = "kernel.slot";
    static final String VARIANT = "kernel.variant";
    private static final List<String> DESCRIPTIONS = List.of(Constants.SERVICE_DESCRIPTION, "kernel.description");

    private final BundleContext context;
    private final Map<String, TreeMap<String, List<ServiceReference<?>>>> slots = new TreeMap<>();

    ServiceVariants(BundleContext context) {
        this.context = context;
    }

    synchronized void add(ServiceReference<?> reference) {
        slots.computeIfAbsent(slot(reference), s -> new TreeMap<>())
                .computeIfAbsent(variant(reference), v -> new ArrayList<>()).add(reference);
    }

    synchronized void remove(ServiceReference<?> reference) {
        TreeMap<String, List<ServiceReference<?>>> variants = slots.get(slot(reference));
        List<ServiceReference<?>> references = variants.get(variant(reference));
        references.remove(reference);
        if (references.isEmpty()) {
            variants.remove(variant(reference));
        }
    }

    static String slot(ServiceReference<?> reference) {
        return String.valueOf(reference.getProperty(SLOT));
    }

    static String variant(ServiceReference<?> reference) {
        return String.valueOf(reference.getProperty(VARIANT));
    }

    @Override
    public synchronized List<String> slots() {
        return List.copyOf(slots.keySet());
    }

    @Override
    public synchronized List<VariantInfo> variants(String slot) {
        List<VariantInfo> infos = new ArrayList<>();
        slots.getOrDefault(slot, new TreeMap<>()).forEach((name, references) -> infos.add(info(references.get(0))));
        return infos;
    }

    private static VariantInfo info(ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        String from = bundle == null ? "" : bundle.getSymbolicName() + " " + bundle.getVersion();
        String description = "";
        for (String key : DESCRIPTIONS) {
            if (reference.getProperty(key) instanceof String text) {
                description = text;
                break;
            }
        }
        return new VariantInfo(slot(reference), variant(reference), from, description);
    }

    @Override
    public VariantHandle acquire(String slot, String variant) {
        ServiceReference<?> reference = find(slot, variant);
        return reference == null ? null : make(reference);
    }

    private synchronized ServiceReference<?> find(String slot, String variant) {
        List<ServiceReference<?>> references = slots.getOrDefault(slot, new TreeMap<>()).get(variant);
        return references == null ? null : references.get(0);
    }

    private <S> VariantHandle make(ServiceReference<S> reference) {
        ServiceObjects<S> objects = context.getServiceObjects(reference);
        S instance = objects == null ? null : objects.getService();
        return instance == null ? null : new ServiceHandle<>(reference, objects, instance);
    }
}
