// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiDocRuleTest {
    @TempDir
    Path folder;

    @Test
    void everythingExportedSaysWhatItIs() throws IOException {
        Repository here = Repository.here();
        assertEquals(List.of(), new ApiDocRule(here.root()).check(here.sources()));
    }

    @Test
    void findsPackagesTypesMethodsAndConstructorsWithoutAWord() throws IOException {
        assertEquals(List.of("src/a/B.java: B is exported and does not say what it is",
                "src/a/B.java: C is exported and does not say what it is",
                "src/a/B.java: call is exported and does not say what it is",
                "src/a/B.java: <init> is exported and does not say what it is",
                "src/a/B.java: run is exported and does not say what it is",
                "src/a/package-info.java: the package is exported and does not say what it is"),
                check("\n@Export package a;", """
                        package a;
                        public class B {
                            public static final int NUMBER = 1;
                            public interface C { void call(); }
                            public B() { }
                            protected void run() { class Local { public void here() { } } }
                            @Override public String toString() { return ""; }
                            void own() { }
                            private interface D { void call(); }
                        }
                        """));
    }

    @Test
    void leavesWhatIsNotExportedAlone() throws IOException {
        assertEquals(List.of(), check("package a;", "package a; public class B { public void run() { } }"));
        assertEquals(List.of(), check("/** P. */\n@Export package a;",
                "package a; /** B. */ public class B { /** Runs. */ public void run() { } }"));
    }

    private List<String> check(String packageInfo, String type) throws IOException {
        Path source = Files.createDirectories(folder.resolve("src/a"));
        return new ApiDocRule(folder).check(List.of(Files.writeString(source.resolve("B.java"), type),
                Files.writeString(source.resolve("package-info.java"), packageInfo)));
    }
}
