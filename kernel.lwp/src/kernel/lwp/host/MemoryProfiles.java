// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.host;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.function.Supplier;
import kernel.vm.object.VmProfile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** Registers the memory layer's own profiles as variants of slot vm. */
final class MemoryProfiles {
    private final List<ServiceRegistration<VmProfile>> registrations = new ArrayList<>();

    MemoryProfiles(BundleContext context) {
        register(context, "seed", "FreeBSD's memory layer of early 2006, defects included", VmProfile::seed);
        register(context, "fixed", "the same errno, its defects repaired", VmProfile::fixed);
        register(context, "modern", "the errno of FreeBSD 14", VmProfile::modern);
    }

    private void register(BundleContext context, String name, String description, Supplier<VmProfile> profile) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(ServiceVariants.SLOT, "vm");
        properties.put(ServiceVariants.VARIANT, name);
        properties.put(Constants.SERVICE_DESCRIPTION, description);
        registrations.add(context.registerService(VmProfile.class, new Profiles(profile), properties));
    }

    void unregister() {
        registrations.forEach(ServiceRegistration::unregister);
    }

    /** A profile is a value: there is nothing to give back. */
    private record Profiles(Supplier<VmProfile> profile) implements PrototypeServiceFactory<VmProfile> {
        @Override
        public VmProfile getService(Bundle bundle, ServiceRegistration<VmProfile> registration) {
            return profile.get();
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<VmProfile> registration, VmProfile given) {
            // Nothing to do.
        }
    }
}
