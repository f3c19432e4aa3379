// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import aQute.bnd.build.Workspace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workspace with one bundle, a .bndrun that requires it, and the libraries of the real workspace. */
class RunsTest {
    private static final String RUN = "tool/run.bndrun";

    private final PrintStream standardError = System.err;

    @TempDir
    Path root;
    private Runs runs;

    @BeforeEach
    void buildWorkspace() throws Exception {
        Path libraries = Path.of(System.getProperty("kw.root"), "cnf/ext/central.pmvn");
        write("cnf/ext/central.pmvn", Files.readString(libraries));
        write("cnf/build.bnd", "javac.source: 25\njavac.target: 25\n-runstartlevel: order=sortbynameversion\n");
        write("tool/bnd.bnd", "Private-Package: tool\n");
        write("tool/src/tool/Tool.java", "package tool; class Tool { }");
        requires("tool");
        System.setErr(new PrintStream(PrintStream.nullOutputStream()));
        Workspace workspace = new Workspace(root.toFile());
        assertTrue(new WorkspaceBuild(workspace, List.of()).bundles());
        runs = new Runs(workspace);
    }

    @AfterEach
    void unsilence() {
        System.setErr(standardError);
    }

    @Test
    void findsAListThatIsOutOfDate() throws Exception {
        String problem = RUN + ": -runbundles is out of date; call ./kw resolve and commit the file";
        assertEquals(List.of(problem), runs.outOfDate());
        assertFalse(Files.readString(root.resolve(RUN)).contains("-runbundles"), "a check changes nothing");
    }

    @Test
    void acceptsWhatItResolvedItself() throws Exception {
        assertTrue(runs.resolve());
        assertTrue(Files.readString(root.resolve(RUN)).contains("tool;version=snapshot"));
        assertEquals(List.of(), runs.outOfDate());
    }

    @Test
    void findsARequirementThatNothingMeets() throws Exception {
        requires("missing");
        assertFalse(runs.resolve());
        assertEquals(List.of(RUN + " does not resolve"), runs.outOfDate());
    }

    @Test
    void writesTheFilesToLaunchFrom() throws Exception {
        runs.resolve();
        Path cache = root.resolve("cnf/cache");
        try (var run = runs.open(RUN)) {
            assertTrue(new LaunchFiles(cache).write(run));
        }
        String properties = Files.readString(cache.resolve("launch.properties"));
        assertTrue(properties.contains("tool.jar"), properties);
        assertFalse(properties.contains("launch.storage.dir"), properties);
        String arguments = Files.readString(cache.resolve("launch.args"));
        assertTrue(arguments.contains("=" + cache.resolve("launch.properties") + "\"\n"), arguments);
        assertTrue(arguments.contains("\"-Dfrom.run=true\""), arguments);
    }

    @Test
    void exportsAJarThatHoldsTheBundles() throws Exception {
        runs.resolve();
        Path jar = root.resolve("dist/tool.jar");
        assertTrue(runs.export(RUN, jar));
        try (JarFile content = new JarFile(jar.toFile())) {
            assertTrue(content.stream().anyMatch(entry -> entry.getName().endsWith("tool.jar")));
        }
    }

    private void requires(String bundle) throws IOException {
        write(RUN, """
                -runfw: org.apache.felix.framework
                -runee: JavaSE-25
                -runvm: -Dfrom.run=true
                -runrequires: bnd.identity;id=%s
                """.formatted(bundle));
    }

    private void write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
