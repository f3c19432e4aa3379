// SPDX-License-Identifier: BSD-2-Clause
package userland.program;

import java.util.List;
import java.util.function.Consumer;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Proc;
import org.osgi.annotation.versioning.ProviderType;

/** The programs there are, and starting them; a service. */
@ProviderType
public interface Programs {
    /** All registered programs, sorted by name. */
    List<Program> all();

    /** The program of that name, or null. */
    Program find(String name);

    /**
     * Makes a process that runs a program; it runs when the kernel does. Called from any thread but the engine's.
     *
     * @param uid its user; 0 is the superuser
     * @param output takes each line that it prints, on the engine thread; or null
     * @throws IllegalArgumentException when there is no such program; the message names those there are
     * @throws IllegalStateException when the kernel has no memory or id for another process
     */
    Proc spawn(Kernel kernel, String program, List<String> arguments, int uid, Consumer<String> output);
}
