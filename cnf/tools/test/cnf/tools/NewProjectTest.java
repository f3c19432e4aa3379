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
        write("cnf/templates/pom.xml", "<name>__name__</name>\n__dependencies__");
        write("cnf/templates/bnd.bnd", "Bundle-Description: The __name__ __what__");
        write("cnf/templates/sched/README.md", "Change __Name__.");
        write("cnf/templates/sched/template.properties",
                "example = fifo\nclass = Fifo\ndescription = scheduler\ncompile = a.api b.api\ntest = c.core\n");
        write("examples/src/examples/fifo/FifoQueue.java",
                "package examples.fifo; /** A fifo. */ class FifoQueue { String s = \"kernel.variant=fifo\" + \"fifo\"; }");
        write("examples/test/examples/fifo/FifoQueueTest.java", "package examples.fifo; class FifoQueueTest { }");
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    @Test
    void isTheExampleUnderAnotherName() throws IOException {
        String message = new NewProject(root).create("sched", "lottery", root.resolve("out"));
        assertTrue(message.startsWith("made " + root.resolve("out/lottery")), message);
        Path project = root.resolve("out/lottery");
        assertEquals("package lottery; /** A fifo. */ class LotteryQueue"
                + " { String s = \"kernel.variant=lottery\" + \"lottery\"; }",
                Files.readString(project.resolve("src/main/java/lottery/LotteryQueue.java")));
        assertEquals("package lottery; class LotteryQueueTest { }",
                Files.readString(project.resolve("src/test/java/lottery/LotteryQueueTest.java")));
        assertEquals("Bundle-Description: The lottery scheduler", Files.readString(project.resolve("bnd.bnd")));
        assertEquals("Change Lottery.", Files.readString(project.resolve("README.md")));
        assertEquals("<name>lottery</name> a.api provided b.api provided c.core test",
                Files.readString(project.resolve("pom.xml")).replaceAll("<version>.*?</version>", "")
                        .replaceAll("</?(dependency|groupId|artifactId|scope)>|kernel-workbench", "")
                        .replaceAll("\\s+", " ").strip());
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
