// SPDX-License-Identifier: BSD-2-Clause
package shell.launch;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.SyntaxError;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Job;
import org.apache.felix.service.command.Job.Status;
import shell.launch.Statements.Statement;

/**
 * Runs scripts in a session, statement by statement, up to the first that fails; that one is named on
 * standard error as {@code file:line: message}.
 */
final class ScriptRunner {
    private static final String PIPE_EXCEPTION = "pipe-exception";
    private static final String SHELL_PRINTS = ".Gogo.format";

    private final CommandSession session;
    private final PrintStream err;
    /** Error code of the last statement; Gogo's own commands set one where others throw. */
    private volatile int errorCode;

    ScriptRunner(CommandSession session, PrintStream err) {
        this.session = session;
        this.err = err;
        session.setJobListener((job, before, now) -> {
            if (now == Status.Done && job.parent() == null) {
                errorCode = error(job);
            }
        });
        // Gogo's grep takes every output for a terminal.
        session.put("grep", (Function) (s, words) -> grep(s, words));
        session.put("source", (Function) (s, words) -> source(words));
        session.put("exit", (Function) (s, words) -> {
            throw new ScriptExit(words.isEmpty() ? 0 : Integer.parseInt(words.getFirst().toString()));
        });
    }

    private static int error(Job job) {
        return job.result() == null ? 0 : job.result().error();
    }

    /**
     * Runs a script.
     *
     * @return 0 if no command failed, else 1; or what the script gave to {@code exit}
     */
    int run(Path script, List<String> arguments) {
        session.put("0", script.toString());
        session.put("args", List.copyOf(arguments));
        for (int i = 0; i < arguments.size(); i++) {
            session.put(Integer.toString(i + 1), arguments.get(i));
        }
        try {
            execute(script);
            return 0;
        } catch (ScriptFailure e) {
            err.println(e.getMessage());
            return 1;
        } catch (ScriptExit e) {
            return e.status();
        }
    }

    private static Object grep(CommandSession session, List<Object> words) throws Exception {
        List<Object> plain = new ArrayList<>(words);
        plain.addFirst("--color=never");
        return ((Function) session.get("gogo:grep")).execute(session, plain);
    }

    private Object source(List<Object> words) throws ScriptFailure, ScriptExit {
        if (words.size() != 1) {
            throw new IllegalArgumentException("source needs the name of one script");
        }
        execute(session.currentDir().resolve(words.getFirst().toString()));
        return null;
    }

    private void execute(Path script) throws ScriptFailure, ScriptExit {
        try {
            for (Statement statement : Statements.of(Files.readString(script))) {
                execute(script, statement);
            }
        } catch (IOException e) {
            throw new ScriptFailure(script + ": cannot be read: " + e.getMessage());
        } catch (SyntaxError e) {
            throw new ScriptFailure(script + ":" + (e.line() + 1) + ": " + e.getMessage());
        }
    }

    private void execute(Path script, Statement statement) throws ScriptFailure, ScriptExit {
        errorCode = 0;
        session.put(SHELL_PRINTS, null);
        session.put(Lines.FAILED, null);
        Object result;
        try {
            result = session.execute(statement.program());
        } catch (ScriptFailure | ScriptExit e) {
            throw e;
        } catch (Exception e) {
            throw new ScriptFailure(script + ":" + Lines.of(session, statement.line()) + ": " + Lines.message(e));
        }
        if (session.get(PIPE_EXCEPTION) instanceof Exception e) {
            session.put(PIPE_EXCEPTION, null);
            throw new ScriptFailure(script + ":" + statement.line() + ": " + Lines.message(e.getSuppressed()[0]));
        }
        if (errorCode != 0) {
            throw new ScriptFailure(script + ":" + statement.line() + ": the command ended with error " + errorCode);
        }
        boolean shown = Boolean.FALSE.equals(session.get(SHELL_PRINTS));
        if (result != null && !shown && !statement.assignment()) {
            session.getConsole().println(session.format(result, Converter.INSPECT));
        }
    }
}
