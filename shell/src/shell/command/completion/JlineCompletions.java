// SPDX-License-Identifier: BSD-2-Clause
package shell.command.completion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jline.builtins.Completers.CompletionData;
import shell.command.Command;
import shell.command.Option;

/**
 * Tells the line editor about our commands, at every prompt. That saves a hundred lines of
 * {@code complete} in the profile, and the time to read them.
 *
 * <p>Only an interactive session has the line editor, so nothing else may touch this class.
 */
public final class JlineCompletions implements Function {
    /** gogo.jline's variable with what is known about each command. */
    private static final String KNOWN = ".completions";
    private static final String OPERANDS = "kernel:_candidates ($.commandLine words) ($.commandLine wordIndex)";

    private final Collection<Command> commands;

    public JlineCompletions(Collection<Command> commands) {
        this.commands = commands;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) {
        @SuppressWarnings("unchecked")
        Map<String, List<CompletionData>> known = (Map<String, List<CompletionData>>) session.get(KNOWN);
        for (Command command : commands) {
            known.put(command.scope() + ":" + command.name(), of(command));
        }
        return null;
    }

    private static List<CompletionData> of(Command command) {
        List<CompletionData> data = new ArrayList<>();
        data.add(new CompletionData(null, command.summary(), null, null));
        for (Option option : command.options()) {
            data.add(new CompletionData(List.of(option.name()), option.description(), null, null));
        }
        data.add(new CompletionData(null, null, OPERANDS, null));
        return data;
    }
}
