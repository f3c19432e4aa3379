// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewProjectTest {
    @TempDir
    Path root;

    @BeforeEach
    void writeTemplate() throws IOException {
        Path source = root.resolve("cnf/templates/sched/src/__name__/__Name__Scheduler.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "package __name__; class __Name__Scheduler { }");
    }

    @Test
    void fillsInTheName() throws IOException {
        String message = new NewProject(root).create("sched", "lottery", root.resolve("out"));
        assertTrue(message.startsWith("made " + root.resolve("out/lottery")), message);
        assertEquals("package lottery; class LotteryScheduler { }",
                Files.readString(root.resolve("out/lottery/src/lottery/LotteryScheduler.java")));
    }

    @ParameterizedTest
    @CsvSource({"disk, lottery", ".., lottery", "sched, Lottery", "sched, ../lottery"})
    void refusesAndChangesNothing(String kind, String name) {
        assertThrows(BuildFailure.class, () -> new NewProject(root).create(kind, name, root.resolve("out")));
        assertFalse(Files.exists(root.resolve("out")));
    }

    @Test
    void theWorkspaceItselfIsRefused() {
        assertThrows(BuildFailure.class, () -> new NewProject(root).create("sched", "lottery", root));
    }

    @Test
    void whatIsThereIsKept() throws IOException {
        Files.createDirectories(root.resolve("out/lottery"));
        assertThrows(BuildFailure.class, () -> new NewProject(root).create("sched", "lottery", root.resolve("out")));
    }
}
