// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import kernel.lwp.kernel.Kernel;
import kernel.sched.errno.Errno;
import kernel.vm.file.MountFlags;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.deed.Deeds;
import shell.command.kernel.Kernels;

/** {@code mount}: how the root of the current kernel's files is mounted; mounts it in another way. */
public final class MountCommand extends Command {
    private final Kernels kernels;
    private final Deeds deeds;

    public MountCommand(Kernels kernels, Deeds deeds) {
        super("vm", "mount", "shows how the root is mounted, or mounts it in another way");
        this.kernels = kernels;
        this.deeds = deeds;
        takes("[OPTION,...]", 0, 1, Candidates.NONE);
        example("mount ro,noexec");
        details("Options: ro, noexec, nosuid, sync; rw for none of them. Memory files and devices are not on the root.");
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        if (in.count() == 1) {
            int error = deeds.mount(MountFlags.parse(in.text(0))).perform(kernel);
            if (error != 0) {
                throw new IllegalArgumentException("the root cannot be mounted " + in.text(0) + " now ("
                        + Errno.name(error) + "): files are open for writing; close them first");
            }
        }
        return kernel.ask(engine -> MountFlags.text(kernel.vm().files().mountFlags()));
    }
}
