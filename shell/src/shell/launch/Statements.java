// SPDX-License-Identifier: BSD-2-Clause
package shell.launch;

import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.Parser;
import org.apache.felix.gogo.runtime.Parser.Executable;
import org.apache.felix.gogo.runtime.Parser.Operator;
import org.apache.felix.gogo.runtime.Parser.Program;
import org.apache.felix.gogo.runtime.Token;

/**
 * A script cut into the pieces that run one after another. Gogo's own parser does the cutting, so
 * comments, closures and lists over several lines, pipes and {@code &&} mean what they mean in the shell.
 */
final class Statements {
    /**
     * A piece, and the line it begins in: a statement or a pipeline, or several joined by {@code &&}, {@code ||} or
     * {@code &}.
     */
    record Statement(int line, Program program, boolean assignment) {
    }

    private Statements() {
    }

    /**
     * Cuts a script.
     *
     * @throws org.apache.felix.gogo.runtime.SyntaxError where it is not a script
     */
    static List<Statement> of(CharSequence script) {
        Program whole = new Parser(script).program();
        List<Statement> statements = new ArrayList<>();
        List<Executable> piece = new ArrayList<>();
        for (Executable token : whole.tokens()) {
            if (token instanceof Operator && !joins(token)) {
                add(statements, whole, piece);
                piece = new ArrayList<>();
            } else {
                piece.add(token);
            }
        }
        add(statements, whole, piece);
        return statements;
    }

    private static boolean joins(Token operator) {
        return Token.eq(operator, "&&") || Token.eq(operator, "||") || Token.eq(operator, "&");
    }

    private static void add(List<Statement> statements, Program whole, List<Executable> piece) {
        if (!piece.isEmpty()) {
            // Gogo counts lines from 0.
            int line = piece.getFirst().line() + 1;
            statements.add(new Statement(line, new Program(whole, piece), isAssignment(piece.getFirst())));
        }
    }

    private static boolean isAssignment(Executable first) {
        return first instanceof Parser.Statement statement
                && statement.tokens().size() > 1
                && Token.eq(statement.tokens().get(1), "=");
    }
}
