// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavacTest {
    private final PrintStream standardError = System.err;

    @TempDir
    Path folder;

    /** javac's messages about the sources of a test say nothing about the test. */
    @BeforeEach
    void silence() {
        System.setErr(new PrintStream(PrintStream.nullOutputStream()));
    }

    @AfterEach
    void unsilence() {
        System.setErr(standardError);
    }

    @Test
    void removesClassesThatHaveNoSourceAnyMore() throws IOException {
        compile("A", "class A { }");
        Files.delete(folder.resolve("src/A.java"));
        assertTrue(compile("B", "class B { }"));
        assertFalse(Files.exists(folder.resolve("bin/A.class")));
        assertTrue(Files.exists(folder.resolve("bin/B.class")));
    }

    @Test
    void keepsTheLastGoodClassesWhenItFails() throws IOException {
        compile("A", "class A { }");
        assertFalse(compile("A", "class A {"));
        assertTrue(Files.exists(folder.resolve("bin/A.class")));
        assertFalse(Files.exists(folder.resolve("bin.new")));
    }

    @Test
    void acceptsAFolderWithoutSources() throws IOException {
        Javac javac = new Javac(List.of());
        assertTrue(javac.compile(List.of(folder.resolve("src")), folder.resolve("bin"), List.of(), List.of()));
        assertTrue(Files.isDirectory(folder.resolve("bin")));
    }

    @Test
    void passesItsOptionsOn() throws IOException {
        String body = "class A { Object o = new jdk.internal.vm.ContinuationScope(\"a\"); }";
        assertFalse(compile("A", body));
        assertTrue(compile("A", body, "--add-exports", "java.base/jdk.internal.vm=ALL-UNNAMED"));
    }

    private boolean compile(String name, String body, String... options) throws IOException {
        Path source = folder.resolve("src");
        Files.createDirectories(source);
        Files.writeString(source.resolve(name + ".java"), body);
        return new Javac(List.of(options)).compile(List.of(source), folder.resolve("bin"), List.of(), List.of());
    }
}
