// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.tck;

import java.util.function.Consumer;
import kernel.lwp.machine.Machine;

/**
 * One check of the kit.
 *
 * @param name what must hold
 * @param body the check
 */
public record ContextCheck(String name, Consumer<Machine> body) {
    /** Runs the check; throws {@link AssertionError} when it fails. */
    public void run(Machine machine) {
        body.accept(machine);
    }
}
