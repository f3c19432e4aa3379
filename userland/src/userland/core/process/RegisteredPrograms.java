// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Proc;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import userland.program.Program;
import userland.program.Programs;

/** The programs in the service registry. */
@Component
public final class RegisteredPrograms implements Programs {
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final Collection<Program> programs = new CopyOnWriteArrayList<>();

    /** For the container. */
    @Activate
    public RegisteredPrograms() {
    }

    /** A fixed set, for use without a container. */
    public RegisteredPrograms(Collection<? extends Program> fixed) {
        programs.addAll(fixed);
    }

    @Override
    public List<Program> all() {
        List<Program> sorted = new ArrayList<>(programs);
        sorted.sort(Comparator.comparing(Program::name));
        return sorted;
    }

    @Override
    public Program find(String name) {
        for (Program program : programs) {
            if (program.name().equals(name)) {
                return program;
            }
        }
        return null;
    }

    @Override
    public Proc spawn(Kernel kernel, String name, List<String> arguments, int uid, Consumer<String> output) {
        Program program = find(name);
        if (program == null) {
            throw new IllegalArgumentException("no program '" + name + "'; there are "
                    + all().stream().map(Program::name).collect(Collectors.joining(", ")));
        }
        return Spawner.spawn(kernel, program, arguments, uid, output);
    }
}
