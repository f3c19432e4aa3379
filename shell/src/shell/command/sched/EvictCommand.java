// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.deed.Deeds;
import shell.command.kernel.Kernels;

/** {@code evict}: throws the variant of a slot out as if it had failed, to see what happens then. */
public final class EvictCommand extends Command {
    private final Kernels kernels;

    public EvictCommand(Kernels kernels) {
        super("kernel", "evict", "evicts the variant in a slot, as if it had failed");
        this.kernels = kernels;
        takes("SLOT", 1, 1, Candidates.SLOT);
        example("evict sched");
    }

    @Override
    public Object run(Invocation in) {
        return new EvictionDump(Deeds.evict(in.text(0)).perform(kernels.kernel()));
    }
}
