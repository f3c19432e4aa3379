// SPDX-License-Identifier: BSD-2-Clause
package shell.gogo;

import java.io.PrintStream;
import java.util.List;
import machine.core.engine.EngineThread;
import machine.core.watchdog.Guard;
import machine.core.watchdog.Overdue;
import org.apache.felix.gogo.runtime.Token;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import shell.command.Command;
import shell.command.Failing;
import shell.command.Invocation.Place;
import shell.command.Invocation;
import shell.command.Printed;
import shell.command.format.Formatter;
import shell.command.format.Json;

/**
 * A command as Gogo sees it. Gogo hands over the words as they were typed, so that {@code 1.10} stays an
 * LWP and does not become the number 1.1, and lists as lists.
 *
 * <p>Commands of plug-ins have safepoints, so that Ctrl-C ends their loops, too.
 *
 * <p>The result is printed here rather than by the shell, which prints nothing in scripts, loops and
 * redirections. It is returned as well: {@code (ps) size} works. Only in the middle of a pipeline Gogo
 * does the printing.
 */
@Guard
public final class GogoCommand implements Function {
    /** Gogo's variable that tells the interactive shell not to print the value of a line. */
    public static final String SHELL_PRINTS = ".Gogo.format";

    /** The script runner's variable for the line a command failed in. */
    private static final String FAILED_LINE = ".failed-line";

    private final Command command;

    public GogoCommand(Command command) {
        this.command = command;
    }

    @Override
    public Object execute(CommandSession session, List<Object> words) {
        Process process = Process.Utils.current();
        try {
            Invocation in = Invocation.read(command, words, place(session, process));
            Object result = in.wantsHelp() ? Help.Page.of(command) : command.run(in);
            Object shown = in.flag(Command.JSON.name()) ? Json.of(result) : result;
            show(shown, session, process);
            if (result instanceof Failing failing && !failing.failure().isEmpty()) {
                throw new IllegalArgumentException(failing.failure());
            }
            return shown;
        } catch (Exception | Error e) {
            session.put(FAILED_LINE, line(process));
            throw failure(e);
        }
    }

    private Failure failure(Throwable e) {
        return switch (e) {
            case Failure failure -> failure;
            case IllegalArgumentException bad -> new Failure(command.name() + ": " + bad.getMessage(), bad);
            // A kernel that is closed, has panicked or runs already, an LWP that is busy: it says what to do.
            case IllegalStateException wrongMoment ->
                    new Failure(command.name() + ": " + wrongMoment.getMessage(), wrongMoment);
            case InterruptedException interrupted -> {
                Thread.currentThread().interrupt();
                yield new Failure(command.name() + ": interrupted", interrupted);
            }
            case Overdue overdue -> new Failure(command.name() + ": " + why(overdue), overdue);
            default -> new Failure(command.name() + ": " + Trouble.describe(e), e);
        };
    }

    /** Code of a plug-in was interrupted: by Ctrl-C on this thread, or by the watchdog on that of the kernel. */
    private static String why(Overdue overdue) {
        Thread.interrupted();
        for (StackTraceElement frame : overdue.getStackTrace()) {
            if (frame.getClassName().equals(EngineThread.class.getName())) {
                return "what it did in the kernel " + Overdue.FAULT;
            }
        }
        return "interrupted";
    }

    private static void show(Object result, CommandSession session, Process process) {
        if (result == null || isPipedOn(process)) {
            return;
        }
        boolean printed = result instanceof Printed;
        if (!printed) {
            PrintStream out = process == null ? session.getConsole() : process.out();
            String text = Formatter.text(result);
            out.println(text);
        }
        if (printed || process == null || process.isTty(1)) {
            session.put(SHELL_PRINTS, false);
        }
    }

    /** Whether another command of the pipeline reads what this one prints. */
    private static boolean isPipedOn(Process process) {
        return process != null && process.job().processes().getLast() != process;
    }

    private static Place place(CommandSession session, Process process) {
        PrintStream console = session.getConsole();
        if (process == null) {
            return new Place(console, System.err, console, session.currentDir());
        }
        // A captured or redirected command still has the user as its reader; a piped one has not.
        boolean piped = process.job().processes().size() > 1;
        return new Place(process.out(), process.err(), piped ? process.out() : console, session.currentDir());
    }

    private static int line(Process process) {
        return process != null && process.job().command() instanceof Token token ? token.line() + 1 : 0;
    }
}
