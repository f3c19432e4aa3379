// SPDX-License-Identifier: BSD-2-Clause
package shell.launch;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Carries out a verb of {@code ./kw} without a terminal, and returns the exit status. */
final class Batch {
    /** Where a word without a scope is looked up; the profile of the interactive shell says the same. */
    private static final String SCOPES = "kernel:lwp:sched:vm:machine:trace:gogo:*";
    private static final int USAGE = 2;

    private final BundleContext context;
    private final CommandProcessor processor;
    // The real streams: those of System lead back into Gogo.
    private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
    private final PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true);

    Batch(BundleContext context, CommandProcessor processor) {
        this.context = context;
        this.processor = processor;
    }

    /**
     * Runs the verb.
     *
     * @param arguments the verb and its own arguments, as they were typed
     */
    int run(List<String> arguments) throws Exception {
        String verb = arguments.getFirst();
        List<String> rest = arguments.subList(1, arguments.size());
        try (CommandSession session = processor.createSession(new FileInputStream(FileDescriptor.in), out, err)) {
            session.put("SCOPE", SCOPES);
            return verb.equals("run") ? script(session, rest) : command(session, verb, rest);
        }
    }

    private int script(CommandSession session, List<String> arguments) {
        if (arguments.isEmpty()) {
            return fail("run needs the name of a script", USAGE);
        }
        Path script = Path.of(arguments.getFirst());
        if (!Files.isReadable(script)) {
            return fail("no script " + script, USAGE);
        }
        BatchCommands.of(processor).forEach(this::register);
        return new ScriptRunner(session, err).run(script, arguments.subList(1, arguments.size()));
    }

    private void register(BatchCommands commands) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(CommandProcessor.COMMAND_SCOPE, "gogo");
        properties.put(CommandProcessor.COMMAND_FUNCTION, commands.names().toArray(String[]::new));
        context.registerService(Object.class, commands.target(), properties);
    }

    /** Gives a command its arguments untouched: a shell has read them once already. */
    private int command(CommandSession session, String verb, List<String> arguments) throws Exception {
        Function function = find(verb);
        if (function == null) {
            return fail("this workbench has no command " + verb, USAGE);
        }
        try {
            function.execute(session, new ArrayList<>(arguments));
            return 0;
        } catch (RuntimeException e) {
            return fail(Lines.message(e), 1);
        }
    }

    private Function find(String verb) throws InvalidSyntaxException {
        String filter = "(&(" + CommandProcessor.COMMAND_SCOPE + "=*)(" + CommandProcessor.COMMAND_FUNCTION + "=" + verb
                + "))";
        for (ServiceReference<Function> reference : context.getServiceReferences(Function.class, filter)) {
            return context.getService(reference);
        }
        return null;
    }

    private int fail(String message, int status) {
        err.println("kw: " + message);
        return status;
    }
}
