// SPDX-License-Identifier: BSD-2-Clause
package shell.gogo;

import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.SyntaxError;

/**
 * Turns a line that is no Gogo program into one that says so.
 *
 * <p>The line editor hands such a line on unparsed, which gogo.jline takes for the end of input: one stray bracket
 * would end the shell and all its kernels. Only an interactive session has the line editor, so nothing else may touch
 * this class.
 */
final class ForgivingParser implements Parser {
    private final Parser parser;

    /** {@code parser} is the line editor's own. */
    ForgivingParser(Parser parser) {
        this.parser = parser;
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        try {
            return parser.parse(line, cursor, context);
        } catch (EOFError e) {
            // More lines are to come.
            throw e;
        } catch (SyntaxError e) {
            return complain(e, context);
        } catch (IndexOutOfBoundsException e) {
            // A statement that is nothing but an ampersand.
            return complain(new SyntaxError(0, line.indexOf('&'), "a statement is empty"), context);
        }
    }

    private ParsedLine complain(SyntaxError e, ParseContext context) {
        if (context != ParseContext.ACCEPT_LINE) {
            throw e;
        }
        return parser.parse(complaint(e), 0, context);
    }

    private static String complaint(SyntaxError e) {
        String text = "syntax error at column " + (e.column() + 1) + ": " + e.getMessage() + "; quote what is meant literally";
        return "kernel:_complain '" + text.replace("'", "") + "'";
    }
}
