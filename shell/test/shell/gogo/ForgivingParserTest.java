// SPDX-License-Identifier: BSD-2-Clause
package shell.gogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.SyntaxError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is typed is either a program, or the beginning of one, or becomes a complaint. */
class ForgivingParserTest {
    private static final String ALPHABET = "ab1 \t;|&<>(){}[]$'\"\\=#%~!*?:,.^-\n";

    private final ForgivingParser parser = new ForgivingParser(new org.apache.felix.gogo.jline.Parser());

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '"', value = {
        "echo )        # kernel:_complain 'syntax error at column 6: unexpected token ); quote what is meant literally'",
        "sys 1 }       # kernel:_complain 'syntax error at column 7: unexpected token }; quote what is meant literally'",
        "\"& \"          # kernel:_complain 'syntax error at column 1: a statement is empty; quote what is meant literally'",
        "ps            # ps"})
    void aStrayBracketBecomesAComplaint(String typed, String run) {
        assertEquals(run, accept(typed));
    }

    @Test
    void whatIsUnfinishedWaitsForMore() {
        assertThrows(EOFError.class, () -> accept("echo (ps"));
    }

    @Test
    void completionSeesTheError() {
        assertThrows(SyntaxError.class, () -> parser.parse("echo )", 6, ParseContext.COMPLETE));
    }

    @Test
    void nothingThatCanBeTypedIsLeftWithoutAnAnswer() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            String typed = random.ints(random.nextInt(1, 12), 0, ALPHABET.length())
                    .collect(StringBuilder::new, (s, at) -> s.append(ALPHABET.charAt(at)), StringBuilder::append)
                    .toString();
            try {
                assertNotNull(parser.parse(typed, typed.length(), ParseContext.ACCEPT_LINE), typed);
            } catch (EOFError e) {
                assertNotNull(e.getMessage(), typed);
            }
        }
    }

    private String accept(String typed) {
        return parser.parse(typed, typed.length(), ParseContext.ACCEPT_LINE).line();
    }
}
