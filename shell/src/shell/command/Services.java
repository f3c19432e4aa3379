// SPDX-License-Identifier: BSD-2-Clause
package shell.command;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import userland.program.Program;
import userland.sim.Simulator;

/** The services that commands need and that may come and go while kernels run. */
@Component(service = Services.class)
public final class Services {
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Simulator simulator;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Program> programs;

    /** Runs workloads. */
    Simulator simulator() {
        return present(simulator, "userland.core");
    }

    /** Names of what {@code spawn} can run, sorted. */
    List<String> programNames() {
        return programs.stream().map(Program::name).sorted().toList();
    }

    private static <T> T present(T service, String bundle) {
        if (service == null) {
            throw new IllegalArgumentException("the bundle " + bundle + " is not active; start it (lb shows its number)");
        }
        return service;
    }
}
