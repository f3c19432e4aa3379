// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.util.List;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.argument.Numbers;
import shell.command.deed.Deeds;

/** {@code spawn}: makes a process. Its result is the pid. */
public final class SpawnCommand extends Command {
    private static final String UID = "--uid";
    private final Kernels kernels;
    private final Deeds deeds;

    public SpawnCommand(Kernels kernels, Deeds deeds) {
        super("kernel", "spawn", "makes a process that runs a program, and prints its pid");
        this.kernels = kernels;
        this.deeds = deeds;
        takes("PROGRAM [ARG...]", 1, -1, Candidates.PROGRAM, Candidates.NONE);
        has(Option.of(UID, "N", "user of the process; 0, the superuser, unless told"));
        readsOptionsFirst();
        example("p = (spawn puppet)");
        details("It begins when the kernel runs. What it prints comes to the terminal of whoever spawned it.");
    }

    @Override
    public Object run(Invocation in) {
        int uid = Numbers.natural(in.option(UID, "0"), UID);
        List<String> words = in.from(0).stream().map(Object::toString).toList();
        return deeds.spawn(uid, words, in.console()::println).perform(kernels.kernel());
    }
}
