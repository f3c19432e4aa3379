// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkRuleTest {
    private static final String MARK = "DEVIA" + "TION";

    @TempDir
    Path folder;

    @Test
    void theListOfDeviationsIsComplete() throws IOException {
        Repository here = Repository.here();
        assertEquals("", String.join("\n", MarkRule.deviations(here.root()).check(here.sources())));
    }

    @Test
    void theListOfWhatIsUnconfirmedInTheSchedulersIsComplete() throws IOException {
        Repository here = Repository.here();
        assertEquals("", String.join("\n", MarkRule.unconfirmed(here.root()).check(here.sources())));
    }

    @Test
    void readsTheFirstSentenceOfAComment() throws IOException {
        String source = "/**\n * Text. " + MARK + ": locks of {@code x}\n * are shared. More.\n */\nclass A {}\n";
        assertEquals(List.of(), check("f/src/p/A.java", source, "- `p.A`: locks of x are shared\n"));
    }

    @Test
    void endsWithTheComment() throws IOException {
        String source = "// " + MARK + " from the original\n// here\nint x;\n// Other.\n";
        assertEquals(List.of(), check("f/src/p/A.java", source, "- `p.A`: from the original here\n"));
    }

    @Test
    void findsAMissingLine() throws IOException {
        assertEquals(List.of("docs/deviations.md lacks the line: - `A`: no swap"),
                check("f/src/A.java", "/** " + MARK + ": no swap. */", "# Title\n"));
    }

    @Test
    void findsAStaleLine() throws IOException {
        assertEquals(List.of("docs/deviations.md has a line for what no source says: - `A`: no swap"),
                check("f/src/A.java", "class A {}", "- `A`: no swap\n"));
    }

    @Test
    void testsMayDeviate() throws IOException {
        assertEquals(List.of(), check("f/test/A.java", "// " + MARK + ": made up.\n", ""));
    }

    private List<String> check(String name, String text, String list) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.createDirectories(folder.resolve("docs"));
        Files.writeString(folder.resolve("docs/deviations.md"), list);
        return MarkRule.deviations(folder).check(List.of(file));
    }
}
