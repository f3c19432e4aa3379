// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewProjectTest {
    @TempDir
    Path root;
    @TempDir
    Path outside;

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
        String message = new NewProject(root).create("sched", "lottery", outside);
        assertTrue(message.startsWith("made " + outside.resolve("lottery")), message);
        Path project = outside.resolve("lottery");
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
    @CsvSource(delimiter = '|', value = {
        "disk | lottery | out | there is no kind 'disk'; there are: sched",
        ".. | lottery | out | there is no kind '..'; there are: sched",
        "sched | Lottery | out | 'Lottery' cannot be a project's name: use lower-case letters and digits",
        "sched | ../lottery | out | '../lottery' cannot be a project's name",
        "sched | a b | out | 'a b' cannot be a project's name",
        "sched | '' | out | '' cannot be a project's name",
        "sched | class | out | 'class' cannot be a project's name: it has a meaning of its own",
        "sched | int | out | 'int' cannot be a project's name: it has a meaning of its own",
        "sched | kernel | out | 'kernel' cannot be a project's name: it has a meaning of its own",
        "sched | lottery | file | lottery cannot be made (",
    })
    void refusesAndChangesNothing(String kind, String name, String folder, String message) throws IOException {
        Path file = Files.writeString(outside.resolve("file"), "no folder");
        String refusal = assertThrows(BuildFailure.class, () -> new NewProject(root).create(kind, name,
                outside.resolve(folder))).getMessage();
        assertTrue(refusal.contains(message), refusal);
        assertFalse(Files.exists(outside.resolve("out")), name);
        assertEquals("no folder", Files.readString(file));
    }

    /** The build would take the project for one of its own, and the load folder's watcher would look into it. */
    @Test
    void theWorkspaceItselfIsRefused() {
        for (Path folder : List.of(root, root.resolve("load"), root.resolve("../" + root.getFileName()))) {
            String refusal = assertThrows(BuildFailure.class, () -> new NewProject(root).create("sched", "lottery", folder))
                    .getMessage();
            assertTrue(refusal.contains("is inside of the workspace"), refusal);
        }
    }

    @Test
    void whatIsThereIsKept() throws IOException {
        Files.createDirectories(outside.resolve("lottery"));
        String refusal = assertThrows(BuildFailure.class, () -> new NewProject(root).create("sched", "lottery", outside))
                .getMessage();
        assertTrue(refusal.contains("there is already a folder " + outside.resolve("lottery")), refusal);
    }
}
