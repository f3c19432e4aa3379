// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import java.util.function.Consumer;

/**
 * One check of the kit.
 *
 * @param name what must hold
 * @param cpus how many CPUs the simulated machine has
 * @param body the check; it runs on CPU 0
 */
public record PmapCheck(String name, int cpus, Consumer<PmapRig> body) {
    /** Runs the check on a machine of its own; throws {@link AssertionError} when it fails. */
    public void run(PmapUnderTest machine) {
        try (PmapRig rig = new PmapRig(machine, cpus)) {
            rig.onFirstCpu(() -> body.accept(rig));
        }
    }
}
