// SPDX-License-Identifier: BSD-2-Clause
package shell.command;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import kernel.lwp.kernel.KernelFactory;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import shell.command.completion.CandidatesFunction;
import shell.command.completion.Completion;
import shell.command.completion.JlineCompletions;
import shell.command.kernel.Kernels;
import shell.command.kernel.Prompt;
import shell.command.kernel.Words;

/** Registers every command with Gogo: one {@code Function} service each, with its scope and name. */
@Component(service = {}, immediate = true)
public final class Commands {
    private final List<ServiceRegistration<Function>> registrations = new ArrayList<>();
    private final BundleContext context;
    private final Kernels kernels;

    @Activate
    public Commands(BundleContext context, @Reference KernelFactory factory, @Reference Services services) {
        this.context = context;
        this.kernels = new Kernels(factory);
        List<Command> commands = CommandList.of(kernels, services::simulator, services::programs, services::puppets);
        for (Command command : commands) {
            register(command.scope(), command.name(), new GogoCommand(command));
        }
        registerForProfile(commands, new Words(kernels, commands, services::programNames));
    }

    /** What the profile calls; the underscore keeps them out of the list of commands. */
    private void registerForProfile(List<Command> commands, Words words) {
        register("kernel", "_candidates", new CandidatesFunction(new Completion(commands, words)));
        register("kernel", "_completions",
                (session, arguments) -> new JlineCompletions(commands).execute(session, arguments));
        Prompt prompt = new Prompt(kernels);
        // Quoted, because the line editor reads it as Gogo text.
        register("kernel", "_prompt", (session, arguments) -> '"' + prompt.text() + '"');
    }

    private void register(String scope, String name, Function function) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(CommandProcessor.COMMAND_SCOPE, scope);
        properties.put(CommandProcessor.COMMAND_FUNCTION, name);
        registrations.add(context.registerService(Function.class, function, properties));
    }

    @Deactivate
    public void stop() {
        registrations.forEach(ServiceRegistration::unregister);
        kernels.close();
    }
}
