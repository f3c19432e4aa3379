// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests and the kits' checks that docs/machine-tests.md and docs/scheduler-tests.md name exist. */
class NamedTestsRuleTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern CHECK = Pattern.compile("\"([a-z][^\"]*)\"");

    @ParameterizedTest
    @CsvSource({"machine-tests.md,kernel/vm/tck", "scheduler-tests.md,kernel/sched/tck"})
    void everyNamedTestExists(String name, String kitFolder) throws IOException {
        Repository here = Repository.here();
        Map<String, String> tests = new TreeMap<>();
        StringBuilder kit = new StringBuilder();
        for (Path file : here.sources()) {
            String source = file.getFileName().toString();
            if (source.endsWith("Test.java")) {
                tests.merge(source.replace(".java", ""), Files.readString(file), String::concat);
            } else if (file.getParent().endsWith(kitFolder)) {
                kit.append(Files.readString(file));
            }
        }
        String page = Files.readString(here.root().resolve("docs").resolve(name));
        TreeSet<String> missing = new TreeSet<>();
        Matcher test = TEST.matcher(page);
        int named = 0;
        for (; test.find(); named++) {
            String source = tests.getOrDefault(test.group(1), "");
            if (!source.contains(" " + test.group(2) + "(")) {
                missing.add(test.group());
            }
        }
        Matcher check = CHECK.matcher(page);
        while (check.find()) {
            if (kit.indexOf("\"" + check.group(1)) < 0) {
                missing.add(check.group());
            }
        }
        assertEquals(List.of(), List.copyOf(missing));
        assertTrue(named > 40, named + " tests are named");
    }
}
