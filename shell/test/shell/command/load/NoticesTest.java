// SPDX-License-Identifier: BSD-2-Clause
package shell.command.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoticesTest {
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    private String flushed(Notices notices) {
        console.reset();
        notices.flush(new PrintStream(console, true));
        return console.toString();
    }

    @Test
    void whatHappensBeforeThePromptStandsBeforeIt() {
        Notices notices = new Notices(true, System.err);
        notices.news("a jar");
        notices.problem("half a jar");
        assertEquals("a jar\nhalf a jar\n", flushed(notices));
        assertEquals("", flushed(notices));
    }

    @Test
    void theLineEditorShowsTheRestAtOnce() {
        Notices notices = new Notices(true, System.err);
        List<String> shown = new ArrayList<>();
        notices.showWith(shown::add);
        notices.news("a jar");
        assertEquals(List.of("a jar"), shown);
        assertEquals("", flushed(notices));
    }

    @Test
    void aVerbOfKwHearsOfProblemsOnly() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Notices notices = new Notices(false, new PrintStream(err, true));
        notices.news("a jar");
        notices.problem("half a jar");
        assertEquals("kw: half a jar\n", err.toString());
        assertEquals("", flushed(notices));
    }
}
