// SPDX-License-Identifier: BSD-2-Clause
package itest.plugin;

import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * Registers a variant {@code bad}: the shipped one that the header {@value #HEADER} names, with a {@link Fault}.
 *
 * <p>The header is the type of the service, the slot and the name of the shipped variant.
 */
public final class MisbehavingVariants implements BundleActivator {
    public static final String HEADER = "Misbehaves-As";
    public static final String NAME = "bad";

    @Override
    public void start(BundleContext context) throws Exception {
        String[] words = context.getBundle().getHeaders("").get(HEADER).split(" ");
        ServiceReference<?> shipped = context.getAllServiceReferences(words[0],
                "(&(kernel.slot=" + words[1] + ")(kernel.variant=" + words[2] + "))")[0];
        Map<String, String> properties = Map.of("kernel.slot", words[1], "kernel.variant", NAME);
        context.registerService(words[0], new Instances<>(words[0], context.getServiceObjects(shipped)),
                new Hashtable<>(properties));
    }

    @Override
    public void stop(BundleContext context) {
        // The framework unregisters.
    }

    /** Makes one instance for each kernel. */
    private record Instances<S>(String type, ServiceObjects<S> shipped) implements PrototypeServiceFactory<Object> {
        @Override
        public Object getService(Bundle user, ServiceRegistration<Object> registration) {
            S good = shipped.getService();
            try {
                Class<?> service = Class.forName(type, false, good.getClass().getClassLoader());
                return Misbehaving.wrap(service, good, new Fault(System.getProperty(Fault.PROPERTY, "none exception")));
            } catch (ClassNotFoundException impossible) {
                throw new AssertionError(impossible);
            }
        }

        @Override
        public void ungetService(Bundle user, ServiceRegistration<Object> registration, Object instance) {
            @SuppressWarnings("unchecked")
            S good = (S) Misbehaving.behind(instance);
            shipped.ungetService(good);
        }
    }
}
