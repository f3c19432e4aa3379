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

/** Registers every command with Gogo: one {@code Function} service each, with its scope and name. */
@Component(service = {}, immediate = true)
public final class Commands {
    private final List<Command> commands = new ArrayList<>();

    @Activate
    public Commands(BundleContext context) {
        commands.add(new Help(() -> commands));
        commands.forEach(command -> register(context, command));
    }

    private static void register(BundleContext context, Command command) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(CommandProcessor.COMMAND_SCOPE, command.scope());
        properties.put(CommandProcessor.COMMAND_FUNCTION, command.name());
        context.registerService(Function.class, new GogoCommand(command), properties);
    }
}
