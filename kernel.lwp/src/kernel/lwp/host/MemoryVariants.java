// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.host;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.function.Supplier;
import kernel.vm.map.MapIndexKind;
import kernel.vm.object.VmProfile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** Registers the memory layer's own values as variants of its slots: profiles and map indexes. */
final class MemoryVariants {
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private final BundleContext context;

    MemoryVariants(BundleContext context) {
        this.context = context;
        profile("seed", "FreeBSD's memory layer of early 2006, defects included", VmProfile::seed);
        profile("fixed", "the same errno, its defects repaired", VmProfile::fixed);
        profile("modern", "the errno of FreeBSD 14", VmProfile::modern);
        index("chunks", "map entries in two levels of arrays", MapIndexKind::chunks);
        index("rbtree", "map entries in a red-black tree that knows the gaps", MapIndexKind::rbtree);
        index("splay", "map entries in a splay tree, as FreeBSD had it in 2006", MapIndexKind::splay);
    }

    private void profile(String name, String description, Supplier<VmProfile> profile) {
        register(VmProfile.class, "vm", name, description, profile);
    }

    private void index(String name, String description, Supplier<MapIndexKind> kind) {
        register(MapIndexKind.class, "mapindex", name, description, kind);
    }

    private <T> void register(Class<T> type, String slot, String name, String description, Supplier<T> value) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(ServiceVariants.SLOT, slot);
        properties.put(ServiceVariants.VARIANT, name);
        properties.put(Constants.SERVICE_DESCRIPTION, description);
        registrations.add(context.registerService(type, new Values<>(value), properties));
    }

    void unregister() {
        registrations.forEach(ServiceRegistration::unregister);
    }

    /** There is nothing to give back of a value. */
    private record Values<T>(Supplier<T> value) implements PrototypeServiceFactory<T> {
        @Override
        public T getService(Bundle bundle, ServiceRegistration<T> registration) {
            return value.get();
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<T> registration, T given) {
            // Nothing to do.
        }
    }
}
