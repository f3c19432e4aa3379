// SPDX-License-Identifier: BSD-2-Clause
package shell.gogo;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import userland.program.Program;
import userland.program.Programs;
import userland.puppet.PuppetControl;
import userland.sim.Simulator;

/** The services that commands need and that may come and go while kernels run. */
@Component(service = Services.class)
public final class Services {
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Simulator simulator;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Programs programs;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PuppetControl puppets;

    /** Runs workloads. */
    Simulator simulator() {
        return present(simulator);
    }

    /** What {@code spawn} can run. */
    Programs programs() {
        return present(programs);
    }

    /** Directs puppets. */
    PuppetControl puppets() {
        return present(puppets);
    }

    /** Names of what {@code spawn} can run, sorted. */
    List<String> programNames() {
        return programs().all().stream().map(Program::name).toList();
    }

    private static <T> T present(T service) {
        if (service == null) {
            throw new IllegalArgumentException(
                    "the bundle userland.core is not active; start it (lb shows its number)");
        }
        return service;
    }
}
