// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of quirks in docs/lwp-revisions.md says what the code says. */
class QuirkTableTest {
    @Test
    void theDocumentHasEveryQuirk() throws IOException {
        Path document = Path.of("docs", "lwp-revisions.md");
        if (!Files.exists(document)) {
            document = Path.of("..", "docs", "lwp-revisions.md");
        }
        List<String> lines = Files.readAllLines(document).stream().filter(line -> line.matches("\\| `L\\d.*")).toList();
        List<String> wanted = Arrays.stream(LwpQuirk.values()).map(QuirkTableTest::line).toList();
        assertEquals(String.join("\n", wanted), String.join("\n", lines));
    }

    private static String line(LwpQuirk quirk) {
        String revisions = quirk.variants().isEmpty() ? "none" : String.join(", ", quirk.variants());
        return "| `" + quirk.id() + "` | `" + quirk.name() + "` | " + quirk.description() + " | " + revisions + " |";
    }
}
