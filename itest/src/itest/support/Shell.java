// SPDX-License-Identifier: BSD-2-Clause
package itest.support;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;

/** A session of the shell without a terminal. */
public final class Shell implements AutoCloseable {
    private static final Pattern KERNEL = Pattern.compile("\"kernel\":(\\d+)");
    private static final String SCOPES = "kernel:lwp:sched:vm:machine:trace:gogo:*";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private final CommandSession session;

    public Shell(CommandProcessor processor) {
        session = processor.createSession(new ByteArrayInputStream(new byte[0]), out, out);
        session.put("SCOPE", SCOPES);
    }

    /** Executes a line and returns what it printed. */
    public String type(String line) throws Exception {
        printed.reset();
        session.execute(line);
        out.flush();
        return printed.toString(StandardCharsets.UTF_8).strip();
    }

    /** Executes a line that has to fail, and returns the message for the user. */
    public String fail(String line) {
        try {
            String text = type(line);
            throw new AssertionError("did not fail: " + line + "\n" + text);
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Does from another thread what Ctrl-C does in a terminal. */
    public void interrupt() {
        session.foregroundJob().interrupt();
    }

    /** Executes a line and returns its value. */
    public Object value(String line) throws Exception {
        return session.execute(line);
    }

    /** Ends the kernels, too: one that had a variant of this test would take that of another test in its place. */
    @Override
    public void close() {
        try {
            Matcher kernel = KERNEL.matcher(type("kernels --json"));
            while (kernel.find()) {
                type("kernels --end " + kernel.group(1));
            }
        } catch (Exception e) {
            throw new IllegalStateException("the kernels of the shell do not end", e);
        } finally {
            session.close();
        }
    }
}
