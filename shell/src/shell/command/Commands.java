// SPDX-License-Identifier: BSD-2-Clause
package shell.command;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import shell.command.completion.CandidatesFunction;
import shell.command.completion.Completion;
import shell.command.completion.JlineCompletions;

/** Registers every command with Gogo: one {@code Function} service each, with its scope and name. */
@Component(service = {}, immediate = true)
public final class Commands {
    private final List<Command> commands = new ArrayList<>();

    @Activate
    public Commands(BundleContext context) {
        commands.add(new Help(() -> commands));
        for (Command command : commands) {
            register(context, command.scope(), command.name(), new GogoCommand(command));
        }
        // What the profile calls; the underscore keeps them out of the list of commands.
        Completion completion = new Completion(commands, (kind, before) -> List.of());
        register(context, "kernel", "_candidates", new CandidatesFunction(completion));
        register(context, "kernel", "_completions",
                (session, words) -> new JlineCompletions(commands).execute(session, words));
        register(context, "kernel", "_prompt", (session, words) -> "\"kw> \"");
    }

    private static void register(BundleContext context, String scope, String name, Function function) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(CommandProcessor.COMMAND_SCOPE, scope);
        properties.put(CommandProcessor.COMMAND_FUNCTION, name);
        context.registerService(Function.class, function, properties);
    }
}
