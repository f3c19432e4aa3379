// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/lwp.md} is what the tables say, and the scripts it names exist. */
class LwpPageTest {
    private final Path root = Path.of(System.getProperty("kw.root"));

    @Test
    void thePageIsFresh() throws IOException {
        String fresh = LwpPage.text();
        Path committed = root.resolve("docs/lwp.md");
        if (!Files.exists(committed) || !Files.readString(committed).equals(fresh)) {
            Files.writeString(root.resolve("kernel.lwp/generated/lwp.md"), fresh);
            assertTrue(false, "docs/lwp.md is not what the tables say: cp kernel.lwp/generated/lwp.md docs/lwp.md");
        }
    }

    @Test
    void everyScriptIsThere() {
        List<String> missing = Difference.all().stream().filter(Difference::scripted).map(Difference::scenario)
                .filter(name -> !Files.exists(root.resolve("scripts/lwp/" + name + ".gosh"))).toList();
        assertEquals(List.of(), missing);
    }
}
