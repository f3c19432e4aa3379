// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceRuleTest {
    private static final String HEADER = "// SPDX-License-Identifier: BSD-2-Clause\n";

    @TempDir
    Path folder;

    @Test
    void everyFileKeepsToTheRule() throws IOException {
        Repository here = Repository.here();
        assertEquals(List.of(), new SourceRule(here.root()).check(here.sources()));
    }

    @Test
    void acceptsAGoodFile() throws IOException {
        assertEquals(List.of(), check("src/A.java", HEADER + "class A { /* see ../bnd.bnd, and " + "/dev/zero */ }"));
    }

    @Test
    void findsAMissingHeader() throws IOException {
        assertEquals(List.of("src/A.java does not start with its licence"), check("src/A.java", "class A { }"));
    }

    @Test
    void findsSomebodysFolder() throws IOException {
        String line = "see /ho" + "me/me/notes";
        String violation = "docs/a.md names a path outside the repository: " + line;
        assertEquals(List.of(violation), check("docs/a.md", "A\n" + line + "\n"));
    }

    @Test
    void findsAWayOut() throws IOException {
        String line = "see " + "../".repeat(2) + "notes";
        assertEquals(List.of("docs/a.md leads out of the repository: " + line), check("docs/a.md", line));
    }

    private List<String> check(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return new SourceRule(folder).check(List.of(file));
    }
}
