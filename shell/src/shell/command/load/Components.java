// SPDX-License-Identifier: BSD-2-Clause
package shell.command.load;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Why the components of a bundle that runs registered no service. */
final class Components {
    private Components() {
    }

    static String fault(Bundle bundle, BundleContext context) {
        ServiceReference<ServiceComponentRuntime> reference = context.getServiceReference(ServiceComponentRuntime.class);
        if (reference == null) {
            return "nobody starts components; start org.apache.felix.scr";
        }
        try {
            return fault(bundle, context.getService(reference));
        } finally {
            context.ungetService(reference);
        }
    }

    private static String fault(Bundle bundle, ServiceComponentRuntime runtime) {
        List<String> faults = new ArrayList<>();
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs(bundle)) {
            for (ComponentConfigurationDTO configuration : runtime.getComponentConfigurationDTOs(component)) {
                fault(component, configuration, faults);
            }
        }
        return faults.isEmpty() ? "none of its classes is a @Component that is a service; scheduler.md, vm.md and programs.md"
                + " in docs/ show how one looks" : String.join("; ", faults);
    }

    private static void fault(ComponentDescriptionDTO component, ComponentConfigurationDTO configuration,
            List<String> faults) {
        for (UnsatisfiedReferenceDTO missing : configuration.unsatisfiedReferences) {
            faults.add(component.implementationClass + " waits for a service of the type that its reference "
                    + missing.name + " names, and no bundle has one");
        }
        if (configuration.failure != null) {
            faults.add(component.implementationClass + " fails: " + configuration.failure.lines().findFirst().orElse(""));
        }
    }
}
