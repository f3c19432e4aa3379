// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck.pageout;

import java.util.function.Consumer;
import java.util.function.Supplier;
import kernel.vm.pageout.PageoutPolicy;

/**
 * One check of the kit.
 *
 * @param set what kind of check it is
 * @param name a sentence that holds when it passes
 * @param body throws an {@link AssertionError} when it does not; gets what makes policies
 */
public record PageoutCheck(Kind set, String name, Consumer<Supplier<PageoutPolicy>> body) {
    /** Kinds of checks. */
    public enum Kind {
        /** The policy keeps its books. */
        CUSTODY,
        /** It takes pages back, and the right ones. */
        RECLAIM,
        /** It hands its pages over, and takes over those of another one. */
        SWAP,
        /** It survives what no workload does. */
        ABUSE
    }

    /** Runs the check; {@code instances} makes a fresh policy whenever it is asked. */
    public void run(Supplier<PageoutPolicy> instances) {
        body.accept(instances);
    }
}
