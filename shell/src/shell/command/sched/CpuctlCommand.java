// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import kernel.lwp.kernel.Kernel;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.deed.SchedulingDeeds;
import shell.command.kernel.Kernels;

/** {@code cpuctl}: takes CPUs out of use and back into it. */
public final class CpuctlCommand extends Command {
    private final Kernels kernels;

    public CpuctlCommand(Kernels kernels) {
        super("sched", "cpuctl", "takes a CPU out of use, or back into it");
        this.kernels = kernels;
        takes("offline|online CPU", 2, 2, Candidates.NONE);
        example("cpuctl offline 1");
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        boolean online = switch (in.text(0)) {
            case "online" -> true;
            case "offline" -> false;
            default -> throw new IllegalArgumentException("a CPU goes online or offline, not " + in.text(0));
        };
        Refused.unless(SchedulingDeeds.online(in.text(1), online).perform(kernel),
                "CPU " + in.text(1) + " cannot go offline", "it is the last one of its processor set or of an affinity");
        return "CPU " + in.text(1) + " is " + in.text(0);
    }
}
