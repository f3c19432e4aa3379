// SPDX-License-Identifier: BSD-2-Clause
package shell.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import shell.gogo.GogoCommand;
import shell.gogo.PrintOnce;
import shell.gogo.ResultConverter;

/** A Gogo session without a framework, for tests of commands. */
public final class Gogo implements AutoCloseable {
    private final CommandProcessorImpl processor = new CommandProcessorImpl(null);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final CommandSession session;

    public Gogo() {
        processor.addConverter(new ResultConverter());
        processor.addListener(new PrintOnce());
        PrintStream console = new PrintStream(out, true, StandardCharsets.UTF_8);
        session = processor.createSession(new ByteArrayInputStream(new byte[0]), console, console);
    }

    public Gogo with(Command command) {
        processor.addCommand(command.scope(), new GogoCommand(command), command.name());
        return this;
    }

    public Gogo with(String name, Function function) {
        session.put(name, function);
        return this;
    }

    public Object execute(String line) throws Exception {
        return session.execute(line);
    }

    public CommandProcessorImpl processor() {
        return processor;
    }

    public CommandSession session() {
        return session;
    }

    /** What was printed since the last time, without the last newline. */
    public String printed() {
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text.stripTrailing();
    }

    @Override
    public void close() {
        session.close();
    }
}
