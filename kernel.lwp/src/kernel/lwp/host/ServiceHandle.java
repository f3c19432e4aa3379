// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.host;

import machine.core.slot.VariantHandle;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;

/** One instance from a prototype-scope service. */
final class ServiceHandle<S> implements VariantHandle {
    private final ServiceReference<S> reference;
    private final ServiceObjects<S> objects;
    private final String slot;
    private final String variant;
    private S instance;

    ServiceHandle(ServiceReference<S> reference, ServiceObjects<S> objects, S instance) {
        this.reference = reference;
        this.objects = objects;
        this.instance = instance;
        this.slot = ServiceVariants.slot(reference);
        this.variant = ServiceVariants.variant(reference);
    }

    ServiceReference<S> reference() {
        return reference;
    }

    @Override
    public String slot() {
        return slot;
    }

    @Override
    public String variant() {
        return variant;
    }

    @Override
    public Object instance() {
        return instance;
    }

    @Override
    public void release() {
        S old = instance;
        instance = null;
        if (old != null && reference.getBundle() != null) {
            objects.ungetService(old);
        }
    }
}
