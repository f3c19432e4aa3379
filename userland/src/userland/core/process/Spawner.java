// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Proc;
import userland.program.Program;
import userland.pthread.Generation;

/**
 * Makes processes that run programs.
 *
 * <p>An argument {@code libpthread=2009} or {@code libpthread=2020} chooses the thread library; the program does not see
 * it. Without one, a process gets the library that came with the revision of the LWP calls.
 */
public final class Spawner {
    private static final String LIBRARY = "libpthread=";

    private Spawner() {
    }

    /** As {@link userland.program.Programs#spawn}, for a program that need not be registered. */
    public static Proc spawn(Kernel kernel, Program program, List<String> arguments, int uid, Consumer<String> output) {
        Consumer<String> lines = output == null ? line -> { } : output;
        List<String> seen = new ArrayList<>(arguments);
        Generation asked = null;
        for (String argument : arguments) {
            if (argument.startsWith(LIBRARY)) {
                asked = Generation.ofYear(argument.substring(LIBRARY.length()));
                seen.remove(argument);
            }
        }
        ProcessImage image = new ProcessImage(kernel.syscalls(), program, seen.toArray(String[]::new), asked, lines);
        return kernel.spawn(image, uid, program.name());
    }
}
