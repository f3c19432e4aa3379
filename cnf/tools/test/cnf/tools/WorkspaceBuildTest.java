// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import aQute.bnd.build.Workspace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds a workspace of two projects: low with two bundles, of which high sees the one with the API. */
class WorkspaceBuildTest {
    private final PrintStream standardError = System.err;

    @TempDir
    Path root;

    @BeforeEach
    void writeWorkspace() throws IOException {
        write("cnf/build.bnd", "-reproducible: true\n-noextraheaders: true\njavac.source: 25\njavac.target: 25\n");
        write("low/bnd.bnd", "-sub: *.bnd\n");
        write("low/api.bnd", "Export-Package: low.api\n");
        write("low/core.bnd", "Private-Package: low.core\n");
        write("low/src/low/api/Api.java", "package low.api; public interface Api { }");
        write("low/src/low/core/Core.java", "package low.core; public class Core implements low.api.Api { }");
        write("high/bnd.bnd", "Private-Package: high\n-buildpath: low.api;version=latest\n");
        write("high/src/high/High.java", "package high; class High implements low.api.Api { }");
        write("high/test/high/HighTest.java", "package high; class HighTest { High high; }");
        System.setErr(new PrintStream(PrintStream.nullOutputStream()));
    }

    @AfterEach
    void unsilence() {
        System.setErr(standardError);
    }

    @Test
    void buildsBundlesAndTests() throws Exception {
        assertTrue(build().everything());
        assertTrue(Files.exists(root.resolve("low/generated/low.api.jar")));
        assertTrue(Files.exists(root.resolve("low/generated/low.core.jar")));
        assertTrue(Files.exists(root.resolve("high/generated/high.jar")));
        assertTrue(Files.exists(root.resolve("high/bin_test/high/HighTest.class")));
    }

    @Test
    void doesNothingWhenNothingChanged() throws Exception {
        build().everything();
        FileTime before = time("low/bin/low/api/Api.class");
        build().everything();
        assertEquals(before, time("low/bin/low/api/Api.class"));
    }

    @Test
    void keepsTheBundlesThatDidNotChange() throws Exception {
        build().bundles();
        FileTime api = time("low/generated/low.api.jar");
        FileTime core = time("low/generated/low.core.jar");
        FileTime high = time("high/bin/high/High.class");
        change("low/src/low/core/Core.java", "package low.core; public class Core { }");
        assertTrue(build().bundles());
        assertEquals(api, time("low/generated/low.api.jar"));
        assertTrue(time("low/generated/low.core.jar").compareTo(core) > 0);
        assertEquals(high, time("high/bin/high/High.class"), "what is above was built again");
    }

    @Test
    void hidesWhatABundleDoesNotExport() throws Exception {
        change("high/src/high/High.java", "package high; class High extends low.core.Core { }");
        WorkspaceBuild build = build();
        assertFalse(build.bundles());
        assertEquals(Set.of("high"), build.failed());
    }

    @Test
    void goesOnAfterAFailure() throws Exception {
        build().bundles();
        change("low/src/low/core/Core.java", "package low.core;");
        change("low/src/low/core/Broken.java", "class");
        change("high/src/high/More.java", "package high; class More { }");
        WorkspaceBuild build = build();
        assertFalse(build.bundles());
        assertEquals(Set.of("low"), build.failed());
        assertTrue(Files.exists(root.resolve("high/bin/high/More.class")));
    }

    @Test
    void buildsOnlyWhatIsAskedForAndWhatThatNeeds() throws Exception {
        assertEquals(List.of("low"), names(build("low")));
        assertEquals(List.of("low", "high"), names(build("high")));
        assertThrows(BuildFailure.class, () -> build("middle"));
    }

    private static List<String> names(WorkspaceBuild build) {
        return build.projects().stream().map(project -> project.getName()).toList();
    }

    private WorkspaceBuild build(String... names) throws Exception {
        return new WorkspaceBuild(new Workspace(root.toFile()), List.of(names));
    }

    private FileTime time(String name) throws IOException {
        return Files.getLastModifiedTime(root.resolve(name));
    }

    private void write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** Writes a file of a time that is certainly after the build before. */
    private void change(String name, String content) throws IOException {
        write(name, content);
        Files.setLastModifiedTime(root.resolve(name), FileTime.fromMillis(System.currentTimeMillis() + 1000));
    }
}
