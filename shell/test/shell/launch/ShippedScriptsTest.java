// SPDX-License-Identifier: BSD-2-Clause
package shell.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import shell.command.Bench;

/** Every script that ships runs to its end. */
class ShippedScriptsTest {
    static List<Path> scripts() throws IOException {
        return scriptsIn("scripts");
    }

    /** The scripts that show how the LWP revisions differ. */
    static List<Path> comparisons() throws IOException {
        return scriptsIn("scripts/lwp").stream().filter(s -> !s.endsWith("revisions.gosh")).toList();
    }

    private static List<Path> scriptsIn(String name) throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("cnf/build.bnd"))) {
            folder = folder.getParent();
        }
        try (Stream<Path> scripts = Files.list(folder.resolve(name))) {
            return scripts.filter(s -> s.toString().endsWith(".gosh")).sorted().toList();
        }
    }

    private record Ended(int status, String printed, String errors) {
    }

    private static Ended run(Path script) throws IOException {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        try (Bench bench = new Bench()) {
            for (BatchCommands commands : BatchCommands.of(bench.gogo().processor())) {
                for (String name : commands.names()) {
                    bench.gogo().processor().addCommand("gogo", commands.target(), name);
                }
            }
            ScriptRunner runner = new ScriptRunner(bench.gogo().session(), new PrintStream(errors, true));
            int status = runner.run(script, List.of());
            return new Ended(status, bench.gogo().printed(), errors.toString(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void endsWell(Path script) throws IOException {
        Ended ended = run(script);
        assertEquals("", ended.errors());
        assertEquals(0, ended.status());
    }

    /** Each ends with a comment that has the table it prints. */
    @ParameterizedTest
    @MethodSource("comparisons")
    void printsItsTable(Path script) throws IOException {
        Ended ended = run(script);
        assertEquals("", ended.errors());
        List<String> lines = Files.readAllLines(script);
        int table = lines.indexOf("# In the end it prints:") + 2;
        List<String> expected = lines.subList(table, lines.size()).stream().map(l -> l.substring(2)).toList();
        List<String> printed = ended.printed().lines().toList();
        assertEquals(expected, printed.subList(printed.lastIndexOf("") + 1, printed.size()));
    }

    @Test
    void malformedSystemCallFailsTheScriptWithItsLine() throws IOException {
        Path script = Files.createTempFile("kw", ".gosh");
        Files.writeString(script, """
                p = (spawn puppet)
                sys $p _lwp_detach 99
                each [1 2] {
                    sys $p _lwp_self
                    sys $p nosuchcall
                }
                echo never
                """);
        Ended ended = run(script);
        Files.delete(script);
        assertEquals(1, ended.status());
        assertEquals(script + ":5: sys: there is no system call nosuchcall; Tab after sys PID lists them\n",
                ended.errors());
        assertTrue(ended.printed().endsWith("1.1 _lwp_self() = 1"), ended.printed());
    }
}
