// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import java.util.List;
import java.util.function.Consumer;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Proc;
import userland.program.Program;

/** Makes processes that run programs, with the thread library that a {@link LibraryChoice} asks for. */
public final class Spawner {
    private Spawner() {
    }

    /** As {@link userland.program.Programs#spawn}, for a program that need not be registered. */
    public static Proc spawn(Kernel kernel, Program program, List<String> arguments, int uid, Consumer<String> output) {
        Consumer<String> lines = output == null ? line -> { } : output;
        LibraryChoice choice = LibraryChoice.of(arguments);
        ProcessImage image = new ProcessImage(kernel.syscalls(), program, choice.rest().toArray(String[]::new),
                choice.generation(), lines);
        return kernel.spawn(image, uid, program.name());
    }
}
