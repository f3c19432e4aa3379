// SPDX-License-Identifier: BSD-2-Clause
package shell.gogo;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kernel.lwp.kernel.KernelFactory;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.jline.reader.impl.LineReaderImpl;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import shell.command.Command;
import shell.command.CurrentKernel;
import shell.command.completion.CandidatesFunction;
import shell.command.completion.Completion;
import shell.command.completion.JlineCompletions;
import shell.command.kernel.Kernels;
import shell.command.kernel.Prompt;
import shell.command.kernel.Words;
import shell.command.load.Notices;

/**
 * Registers every command with Gogo, those of other bundles as they come: one {@code Function} service each, with
 * its scope and name.
 */
@Component(service = {}, immediate = true)
public final class Commands {
    private final Map<Command, ServiceRegistration<Function>> registrations = new ConcurrentHashMap<>();
    private final ServiceRegistration<CurrentKernel> currentKernel;
    private final BundleContext context;
    private final Kernels kernels;
    private final List<Command> commands;
    private final Notices notices;

    @Activate
    public Commands(BundleContext context, @Reference KernelFactory factory, @Reference Services services,
            @Reference Notices notices) {
        this.context = context;
        this.notices = notices;
        this.kernels = new Kernels(factory);
        commands = CommandList.of(kernels, services::simulator, services::programs, services::puppets);
        commands.forEach(this::register);
        registerForProfile(new Words(kernels, commands, services::programNames));
        currentKernel = context.registerService(CurrentKernel.class, kernels::kernel, null);
    }

    /** What the profile calls; the underscore keeps them out of the list of commands. */
    private void registerForProfile(Words words) {
        register("kernel", "_candidates", new CandidatesFunction(new Completion(commands, words)));
        Prompt prompt = new Prompt(kernels);
        register("kernel", "_prompt", (session, arguments) -> {
            // At every prompt: commands of other bundles may have come since the last one.
            new JlineCompletions(commands).execute(session, arguments);
            notices.flush(session.getConsole());
            // Quoted, because the line editor reads it as Gogo text.
            return '"' + prompt.text() + '"';
        });
        register("kernel", "_forgive", (session, arguments) -> {
            LineReaderImpl reader = (LineReaderImpl) arguments.getFirst();
            reader.setParser(new ForgivingParser(reader.getParser()));
            reader.setHighlighter(new ForgivingHighlighter(reader.getHighlighter()));
            notices.showWith(reader::printAbove);
            return null;
        });
        register("kernel", "_complain", (session, arguments) -> {
            throw new Failure((String) arguments.getFirst(), null);
        });
        register("kernel", "_unknown", (session, arguments) -> {
            throw new Failure("there is no command " + arguments.getFirst() + "; help lists them", null);
        });
    }

    private void register(Command command) {
        registrations.put(command, register(command.scope(), command.name(), new GogoCommand(command)));
    }

    private ServiceRegistration<Function> register(String scope, String name, Function function) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(CommandProcessor.COMMAND_SCOPE, scope);
        properties.put(CommandProcessor.COMMAND_FUNCTION, name);
        return context.registerService(Function.class, function, properties);
    }

    /** A command of another bundle appeared. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void add(Command command) {
        commands.add(command);
        register(command);
    }

    /** It is going away. */
    public void remove(Command command) {
        commands.remove(command);
        registrations.remove(command).unregister();
    }

    @Deactivate
    public void stop() {
        currentKernel.unregister();
        registrations.values().forEach(ServiceRegistration::unregister);
        kernels.close();
    }
}
