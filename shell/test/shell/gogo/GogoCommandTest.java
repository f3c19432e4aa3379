// SPDX-License-Identifier: BSD-2-Clause
package shell.gogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shell.command.Bench;
import shell.command.Command;
import shell.command.Gogo;
import shell.command.Invocation;
import shell.command.Option;
import shell.command.Printed;
import shell.command.format.Rows;
import shell.command.format.Worded;

class GogoCommandTest {
    record Fruit(String name, int count) {
    }

    /** Lists fruit, and remembers what it was given. */
    private static final class Fruits extends Command {
        private final List<Object> operands = new ArrayList<>();
        private final List<String> colours = new ArrayList<>();

        Fruits() {
            super("kernel", "fruits", "lists fruit");
            takes("[NAME...]", 0, 3);
            has(Option.of("--colour", "C", "only of this colour"), Option.flag("--ripe", "only ripe ones"));
            example("fruits --ripe apple");
        }

        @Override
        public Object run(Invocation in) {
            operands.addAll(in.from(0));
            colours.addAll(in.all("--colour"));
            if (in.count() > 0 && in.text(0).equals("bad")) {
                throw new IllegalArgumentException("there is no fruit bad; try apple");
            }
            if (in.count() > 0 && in.text(0).equals("worse")) {
                throw new ArithmeticException("boom");
            }
            return new Rows<>(Fruit.class, List.of(new Fruit("apple", 12), new Fruit("fig", 3)));
        }
    }

    /** Prints by itself. */
    private static final class Speaks extends Command {
        record Spoken(long value) implements Printed, Worded {
            @Override
            public String text() {
                return "spoken " + value;
            }
        }

        Speaks() {
            super("lwp", "speaks", "says something");
        }

        @Override
        public Object run(Invocation in) {
            in.console().println("hello");
            return new Spoken(7);
        }
    }

    private final Fruits fruits = new Fruits();
    private final Gogo gogo = new Gogo().with(fruits).with(new Speaks());

    @AfterEach
    void close() {
        gogo.close();
    }

    @Test
    void resultIsPrintedOnceAndReturned() throws Exception {
        assertEquals(2, ((List<?>) gogo.execute("fruits")).size());
        assertEquals("NAME   COUNT\napple     12\nfig        3", gogo.printed());
        assertEquals(false, gogo.session().get(GogoCommand.SHELL_PRINTS));
    }

    @Test
    void valueOfTheNextLineIsPrintedByTheShellAgain() throws Exception {
        gogo.execute("fruits");
        gogo.execute("[1 2]");
        assertNull(gogo.session().get(GogoCommand.SHELL_PRINTS));
    }

    @Test
    void capturedResultIsNotPrinted() throws Exception {
        assertEquals(2, ((Number) gogo.execute("x = (fruits); $x size")).intValue());
        assertEquals("", gogo.printed());
    }

    @Test
    void pipedResultIsPrintedByGogoOnly() throws Exception {
        List<String> piped = new ArrayList<>();
        gogo.with("count", (session, words) -> {
            byte[] text = org.apache.felix.service.command.Process.Utils.current().in().readAllBytes();
            piped.add(new String(text, java.nio.charset.StandardCharsets.UTF_8));
            return null;
        });
        gogo.execute("fruits | count");
        assertEquals(List.of("NAME   COUNT\napple     12\nfig        3\n"), piped);
        assertEquals("", gogo.printed());
    }

    @Test
    void redirectedResultGoesToTheFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("out");
        gogo.execute("fruits > " + file);
        assertEquals(3, Files.readAllLines(file).size());
        assertEquals("", gogo.printed());
    }

    @Test
    void resultInALoopIsPrinted() throws Exception {
        gogo.execute("twice = { fruits ; fruits }; twice");
        assertEquals(6, gogo.printed().lines().count());
    }

    @Test
    void commandThatPrintsItselfIsHeardWhenCaptured() throws Exception {
        gogo.execute("x = (speaks)");
        assertEquals("hello", gogo.printed());
        assertEquals(7L, gogo.execute("$x value"));
    }

    @Test
    void jsonIsTheResultAsText() throws Exception {
        String json = "[{\"name\":\"apple\",\"count\":12},{\"name\":\"fig\",\"count\":3}]";
        assertEquals(json, gogo.execute("fruits --json"));
        assertEquals(json, gogo.printed());
    }

    @Test
    void optionsMayStandAnywhereAndRepeat() throws Exception {
        gogo.execute("fruits --colour red 1.10 --ripe --colour=green [2 x] -- --colour");
        assertEquals(List.of("1.10", List.of(2L, "x"), "--colour"), fruits.operands);
        assertEquals(List.of("red", "green"), fruits.colours);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "fruits bad;             'fruits: there is no fruit bad; try apple'",
        "fruits 1 2 3 4;         'fruits: takes at most 3 arguments, not 4; usage: fruits [NAME...], for example: fruits --ripe apple'",
        "fruits --nosuch;        'fruits: there is no option --nosuch; usage: fruits [--colour C] [--ripe] [--json] [NAME...]'",
        "fruits --colour;        fruits: option --colour C needs a value",
        "fruits --ripe=yes;      fruits: option --ripe takes no value"})
    void badInputIsToldInOneLine(String line, String message) {
        assertEquals(message, assertThrows(Failure.class, () -> gogo.execute(line)).toString());
    }

    @Test
    void unexpectedTroubleSaysWhereTheDetailsAre() throws Exception {
        Failure failure = assertThrows(Failure.class, () -> gogo.execute("fruits worse"));
        assertTrue(failure.getMessage().startsWith("fruits: ArithmeticException: boom (unexpected; details are in "));
        Path details = Path.of(failure.getMessage().replaceAll(".* in (.*)\\)", "$1"));
        assertTrue(Files.readString(details).contains("GogoCommandTest"));
        Files.delete(details);
    }

    @Test
    void helpShowsUsageOptionsAndAnExample() throws Exception {
        gogo.execute("fruits --help");
        assertEquals("""
                fruits: lists fruit
                usage: fruits [--colour C] [--ripe] [--json] [NAME...]
                  --colour C  only of this colour
                  --ripe      only ripe ones
                  --json      print the result as JSON
                  --help      explain the command
                example: fruits --ripe apple""", gogo.printed());
    }
}
