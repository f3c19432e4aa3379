// SPDX-License-Identifier: BSD-2-Clause
package shell.launch;

import java.io.EOFException;
import java.lang.reflect.InvocationTargetException;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.gogo.runtime.SyntaxError;
import org.apache.felix.service.command.CommandSession;

/** Says where a statement failed, and why. */
final class Lines {
    /** A command of ours leaves the number of its line here: Gogo knows only where the outermost statement began. */
    static final String FAILED = ".failed-line";

    private Lines() {
    }

    static int of(CommandSession session, int statementLine) {
        return session.get(FAILED) instanceof Integer line && line >= statementLine ? line : statementLine;
    }

    static String message(Throwable thrown) {
        // Gogo calls its own commands by reflection.
        Throwable e = thrown instanceof InvocationTargetException && thrown.getCause() != null
                ? thrown.getCause() : thrown;
        if (e.getMessage() == null) {
            return e.toString();
        }
        boolean plain = e instanceof IllegalArgumentException || e instanceof CommandNotFoundException
                || e instanceof SyntaxError || e instanceof EOFException || e.toString().equals(e.getMessage());
        return plain ? e.getMessage() : e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
