// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.host;

import java.util.Dictionary;
import java.util.Hashtable;
import kernel.vm.object.VmProfile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** Registers the memory layer's own profile as a variant of slot vm. */
final class MemoryProfiles {
    private final ServiceRegistration<VmProfile> seed;

    MemoryProfiles(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(ServiceVariants.SLOT, "vm");
        properties.put(ServiceVariants.VARIANT, "seed");
        properties.put(Constants.SERVICE_DESCRIPTION, "FreeBSD's memory layer of early 2006, defects included");
        seed = context.registerService(VmProfile.class, new Seeds(), properties);
    }

    void unregister() {
        seed.unregister();
    }

    /** A profile is a value: there is nothing to give back. */
    private static final class Seeds implements PrototypeServiceFactory<VmProfile> {
        @Override
        public VmProfile getService(Bundle bundle, ServiceRegistration<VmProfile> registration) {
            return VmProfile.seed();
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<VmProfile> registration, VmProfile profile) {
            // Nothing to do.
        }
    }
}
