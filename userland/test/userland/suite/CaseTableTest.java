// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that lists the original cases is true: each names tests and situations that exist. */
class CaseTableTest {
    private static final Path ROOT = Path.of(System.getProperty("kw.root"));
    private static final List<String> FOLDERS =
            List.of("userland/test", "kernel.lwp/test", "kernel.sched/test", "itest/src");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test|\\w+IT)\\.(\\w+)`");
    private static final Pattern SCRIPT = Pattern.compile("`(scripts/[\\w./-]+)`");
    private static final Pattern TITLE = Pattern.compile("\\*([^*]+)\\*");
    private static final Pattern METHOD = Pattern.compile(
            "@(?:Test|ParameterizedTest|TestFactory)\\b.*?(?:void|Stream<\\w+>) (\\w+)\\(", Pattern.DOTALL);

    private final Map<String, Set<String>> tests = new HashMap<>();
    private final Set<String> titles = new HashSet<>();

    CaseTableTest() throws IOException {
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    readTests(file);
                }
            }
        }
        try (Stream<Path> files = Files.list(ROOT.resolve("kernel.lwp/test/behaviour"))) {
            for (Path file : files.toList()) {
                Files.readAllLines(file).stream().filter(line -> line.startsWith("== ") || line.startsWith("-- "))
                        .forEach(line -> titles.add(line.replaceAll("^.. |\\[[^]]*] |\\s*\\{[^}]*}", "")));
            }
        }
    }

    private void readTests(Path file) throws IOException {
        String name = file.getFileName().toString().replace(".java", "");
        Matcher methods = METHOD.matcher(Files.readString(file));
        while (methods.find()) {
            tests.computeIfAbsent(name, n -> new HashSet<>()).add(methods.group(1));
        }
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/lwp-tests.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.endsWith("| our test |")).toList();
    }

    @Test
    void everyRowHasATest() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String row : rows()) {
            String test = row.substring(row.lastIndexOf(" | ", row.length() - 3) + 3);
            boolean named = TEST.matcher(test).find() || TITLE.matcher(test).find() || SCRIPT.matcher(test).find();
            if (!named && !test.startsWith("None: ")) {
                wrong.add("no test: " + row);
            }
            check(test, wrong);
        }
        assertEquals(List.of(), wrong);
    }

    private void check(String text, List<String> wrong) {
        Matcher test = TEST.matcher(text);
        while (test.find()) {
            if (!tests.getOrDefault(test.group(1), Set.of()).contains(test.group(2))) {
                wrong.add("no such test: " + test.group());
            }
        }
        Matcher script = SCRIPT.matcher(text);
        while (script.find()) {
            if (!Files.exists(ROOT.resolve(script.group(1)))) {
                wrong.add("no such script: " + script.group());
            }
        }
        Matcher title = TITLE.matcher(text);
        while (title.find()) {
            if (!titles.contains(title.group(1))) {
                wrong.add("no such situation: " + title.group());
            }
        }
    }

    /** Names outside the tables, too. */
    @Test
    void everyNameExists() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/lwp-tests.md"))) {
            if (line.contains("`")) {
                check(line.replaceAll("\\*", ""), wrong);
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** Known mistakes are numbered; none is left out, and no case is listed twice. */
    @Test
    void nothingIsMissingOrDouble() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        Set<String> cases = new HashSet<>();
        for (String row : rows()) {
            Matcher number = Pattern.compile("\\| (\\d+) ").matcher(row);
            if (number.lookingAt()) {
                numbers.add(Integer.parseInt(number.group(1)));
            } else {
                assertTrue(cases.add(row.substring(0, row.lastIndexOf(" | ", row.length() - 3))), () -> "twice: " + row);
            }
        }
        assertEquals(Stream.iterate(1, i -> i + 1).limit(48).toList(), numbers);
    }
}
