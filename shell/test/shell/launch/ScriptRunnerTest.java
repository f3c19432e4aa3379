// SPDX-License-Identifier: BSD-2-Clause
package shell.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptRunnerTest {
    @TempDir
    private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<List<Object>> noted = new ArrayList<>();
    private CommandSession session;
    private ScriptRunner runner;

    @BeforeEach
    void open() {
        CommandProcessorImpl processor = new CommandProcessorImpl(null);
        BatchCommands.of(processor).forEach(commands -> {
            for (String name : commands.names()) {
                processor.addCommand("gogo", commands.target(), name);
            }
        });
        PrintStream console = new PrintStream(out, true);
        session = processor.createSession(new ByteArrayInputStream(new byte[0]), console, console);
        session.put("note", (Function) (s, words) -> {
            noted.add(List.copyOf(words));
            return null;
        });
        session.put("fail", (Function) (s, words) -> {
            throw new IllegalArgumentException("fail: no such thing");
        });
        runner = new ScriptRunner(session, new PrintStream(err, true));
    }

    @AfterEach
    void close() {
        session.close();
    }

    private int run(String script) throws IOException {
        Path file = folder.resolve("s.gosh");
        Files.writeString(file, script);
        return runner.run(file, List.of("first", "second"));
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8).replace(folder + "/", "");
    }

    private List<String> notes() {
        return noted.stream().map(words -> String.join(" ", words.stream().map(Object::toString).toList())).toList();
    }

    @Test
    void runsStatementsInOrder() throws IOException {
        assertEquals(0, run("note a; note b\nnote c\n"));
        assertEquals(List.of("a", "b", "c"), notes());
        assertEquals("", errors());
    }

    @Test
    void commentsClosuresAndListsMaySpanLines() throws IOException {
        assertEquals(0, run("""
                # a comment { with a brace
                list = [
                    1 2   # one and two
                    3
                ]
                each $list {
                    note $it
                    note again
                }
                park = {
                    note $1
                }
                park x   # a comment at the end
                """));
        assertEquals(List.of("1", "again", "2", "again", "3", "again", "x"), notes());
    }

    @Test
    void argumentsOfTheScriptAreVariables() throws IOException {
        assertEquals(0, run("note $1 $2\nnote $args"));
        assertEquals(List.of("first second", "first second"), notes());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "'note a\nfail\nnote b';                        s.gosh:2: fail: no such thing",
        "'# one\n\nnosuchcommand 1';                    s.gosh:3: Command not found: nosuchcommand",
        "'x = 1\n$x frob';                              's.gosh:2: Cannot coerce frob() to any of []'",
        "'note a\nr = (fail)';                          s.gosh:2: fail: no such thing",
        "'fail | note b';                               s.gosh:1: fail: no such thing",
        "'note a\neach [1] {\n  fail\n}';               s.gosh:2: fail: no such thing",
        "'note a\nnot 1';                               s.gosh:2: the command ended with error 2",
        "'each [1 2\n3] {\n note $it\n}\n# x\nfail';  s.gosh:6: fail: no such thing",
        "'note \"a\nb\"\nfail';                      s.gosh:3: fail: no such thing",
        "'note a | grep -x';                            's.gosh:1: the command ended with error 2'",
        "'note a && fail';                              s.gosh:1: fail: no such thing"})
    void stopsAtTheFirstFailureAndNamesItsLine(String script, String message) throws IOException {
        assertEquals(1, run(script + "\nnote never"));
        assertTrue(errors().lines().anyMatch(message::equals), errors());
        assertEquals(List.of(), notes().stream().filter("never"::equals).toList());
    }

    @Test
    void textThatIsNoScriptFailsBeforeAnythingRuns() throws IOException {
        assertEquals(1, run("note a\neach {\n"));
        assertEquals(List.of(), notes());
        assertTrue(errors().startsWith("s.gosh:3: "), errors());
    }

    @Test
    void failureThatTheScriptCatchesIsNone() throws IOException {
        assertEquals(0, run("try { fail } { note caught }\nnote on"));
        assertEquals(List.of("caught", "on"), notes());
    }

    @Test
    void exitEndsTheScriptWithItsStatus() throws IOException {
        assertEquals(7, run("note a\nif { true } { exit 7 }\nnote never"));
        assertEquals(List.of("a"), notes());
    }

    @Test
    void sourceRunsAnotherScriptAndFailsWithIt() throws IOException {
        Path other = folder.resolve("other.gosh");
        Files.writeString(other, "note in\nfail");
        assertEquals(1, run("source " + other + "\nnote never"));
        assertEquals("other.gosh:2: fail: no such thing\n", errors());
        assertEquals(List.of("in"), notes());
    }

    @Test
    void valuesAreShownUnlessTheyAreKept() throws IOException {
        assertEquals(0, run("x = [1 2]\n$x size\ny = ($x size)\necho hello"));
        assertEquals("2\nhello\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void grepDoesNotColour() throws IOException {
        assertEquals(0, run("echo red | grep r"));
        assertEquals("red\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void wordsReachCommandsAsTheyWereTyped() throws IOException {
        assertEquals(0, run("note -1 1.10 0x10 \"A|B\" C,D +1.5s @ NULL '' a=b"));
        assertEquals("-1 1.10 0x10 A|B C,D +1.5s @ NULL  a=b", notes().getFirst());
    }
}
