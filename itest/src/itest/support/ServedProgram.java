// SPDX-License-Identifier: BSD-2-Clause
package itest.support;

import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Proc;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import userland.program.Program;
import userland.program.Programs;

/** A program of a test, registered as long as the test needs it. */
public final class ServedProgram implements AutoCloseable {
    private final ServiceRegistration<Program> registration;
    private final Programs programs;
    private final String name;

    public ServedProgram(BundleContext context, Programs programs, Program program) {
        this.registration = context.registerService(Program.class, program, null);
        this.programs = programs;
        this.name = program.name();
    }

    public Proc spawn(Kernel kernel, String... arguments) {
        return programs.spawn(kernel, name, List.of(arguments), 0, null);
    }

    @Override
    public void close() {
        registration.unregister();
    }
}
