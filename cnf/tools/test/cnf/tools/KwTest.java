// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, as far as it gets without a framework: a copy of it, in a folder with a space. */
class KwTest {
    private record Result(int status, String output, String error) {
    }

    @TempDir
    Path folder;
    private Path kw;

    @BeforeEach
    void copyScript() throws IOException {
        kw = folder.resolve("a b/kw");
        Files.createDirectories(kw.getParent());
        // No JDK is found but one that the environment names.
        String script = Files.readString(Path.of(System.getProperty("kw.root"), "kw"));
        Files.writeString(kw, script.replace("/usr/lib/jvm/*", "").replace("/Library/Java/*", ""));
    }

    @Test
    void helpNamesEveryVerb() throws Exception {
        Result result = run("--help");
        assertEquals(0, result.status);
        for (String verb : List.of("run", "sim", "compare", "hot", "new", "test", "bench", "build")) {
            assertTrue(result.output.contains("\n  " + verb + " "), verb);
        }
    }

    @Test
    void anUnknownVerbIsOneLineAndStatus2() throws Exception {
        Result result = run("tset");
        assertEquals(new Result(2, "", "kw: there is no verb 'tset'; ./kw --help lists them\n"), result);
    }

    @Test
    void aMissingJdkIsOneLineThatSaysWhatToDo() throws Exception {
        Result result = run("build");
        assertEquals(1, result.status);
        assertEquals("", result.output);
        assertEquals(1, result.error.lines().count(), result.error);
        assertTrue(result.error.contains("set KW_JAVA_HOME"), result.error);
    }

    @Test
    void aFolderThatOnlyLooksLikeAJdkIsNotTaken() throws Exception {
        Path old = folder.resolve("jdk");
        Files.createDirectories(old.resolve("bin"));
        Files.createFile(old.resolve("bin/javac"));
        assertTrue(old.resolve("bin/javac").toFile().setExecutable(true));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        assertEquals(1, run(old, "build").status);
    }

    @Test
    void aMissingScriptIsNamed() throws Exception {
        Result result = run(Path.of(System.getProperty("java.home")), "run", "missing.gosh");
        assertEquals(new Result(2, "", "kw: there is no script missing.gosh\n"), result);
    }

    private Result run(String... arguments) throws Exception {
        return run(folder.resolve("none"), arguments);
    }

    private Result run(Path jdk, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", kw.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("KW_JAVA_HOME", jdk.toString());
        builder.environment().remove("JAVA_HOME");
        int status = builder.start().waitFor();
        return new Result(status, read("out"), read("err"));
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
    }
}
