// SPDX-License-Identifier: BSD-2-Clause
package shell.gogo;

import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;

/**
 * Shows a line without colours that the highlighter stumbles over.
 *
 * <p>Gogo's parser fails on {@code "& "} with an exception that is no syntax error, and the editor asks for colours at
 * every key: the shell would end in the middle of a line. Only an interactive session has the line editor, so nothing
 * else may touch this class.
 */
final class ForgivingHighlighter implements Highlighter {
    private final Highlighter highlighter;

    /** {@code highlighter} is the line editor's own. */
    ForgivingHighlighter(Highlighter highlighter) {
        this.highlighter = highlighter;
    }

    @Override
    public AttributedString highlight(LineReader reader, String line) {
        try {
            return highlighter.highlight(reader, line);
        } catch (RuntimeException e) {
            return new AttributedString(line);
        }
    }
}
