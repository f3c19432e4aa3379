// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import machine.core.context.ContextHosts;

/** Prints the context host of this JVM and the hash of one fixed run. */
final class HashMain {

    private HashMain() {
    }

    static void main() {
        System.out.println(ContextHosts.preferred().name() + " " + hashText());
    }

    /** The fixed run: 20 tasks on 4 CPUs, seed 7. */
    static String hashText() {
        try (ToyKernel kernel = new ToyKernel(4, 7, 0, ContextHosts.preferred())) {
            for (int i = 0; i < 20; i++) {
                kernel.spawn(kernel::work);
            }
            kernel.engine.run(RunLimit.none());
            return kernel.engine.events().hashText();
        }
    }
}
