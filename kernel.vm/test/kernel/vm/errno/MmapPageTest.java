// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.errno;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/mmap.md} is what the tables say. */
class MmapPageTest {
    private final Path root = Path.of(System.getProperty("kw.root"));

    @Test
    void thePageIsFresh() throws IOException {
        String fresh = MmapPage.text();
        Path committed = root.resolve("docs/mmap.md");
        if (!Files.exists(committed) || !Files.readString(committed).equals(fresh)) {
            Files.writeString(root.resolve("kernel.vm/generated/mmap.md"), fresh);
            assertTrue(false, "docs/mmap.md is not what the tables say: cp kernel.vm/generated/mmap.md docs/mmap.md");
        }
    }
}
