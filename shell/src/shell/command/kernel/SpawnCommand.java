// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;
import kernel.lwp.kernel.Kernel;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.argument.Numbers;
import userland.program.Programs;

/** {@code spawn}: makes a process. Its result is the pid. */
public final class SpawnCommand extends Command {
    private static final String UID = "--uid";
    private final Kernels kernels;
    private final Supplier<Programs> programs;

    public SpawnCommand(Kernels kernels, Supplier<Programs> programs) {
        super("kernel", "spawn", "makes a process that runs a program, and prints its pid");
        this.kernels = kernels;
        this.programs = programs;
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
        Kernel kernel = kernels.kernel();
        PrintStream console = in.console();
        return programs.get().spawn(kernel, words.getFirst(), words.subList(1, words.size()), uid, console::println).pid();
    }
}
