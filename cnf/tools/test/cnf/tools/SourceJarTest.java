// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceJarTest {
    @TempDir
    Path project;

    @Test
    void hasTheFilesThatTheClassesOfTheBundleComeFrom() throws Exception {
        for (String file : List.of("a/One.java", "a/package-info.java", "b/Other.java")) {
            Files.createDirectories(project.resolve("src").resolve(file).getParent());
            Files.writeString(project.resolve("src").resolve(file), file);
        }
        Path bundle = project.resolve("bundle.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(bundle))) {
            for (String entry : List.of("a/One.class", "a/One$Part.class", "a/Made.class", "text/a.txt")) {
                out.putNextEntry(new JarEntry(entry));
            }
        }
        Path sources = project.resolve("bundle-sources.jar");
        SourceJar.write(bundle, project, sources);
        try (JarFile jar = new JarFile(sources.toFile())) {
            assertEquals(List.of("a/One.java", "a/package-info.java"), jar.stream().map(JarEntry::getName).toList());
            assertEquals("a/One.java", new String(jar.getInputStream(jar.getEntry("a/One.java")).readAllBytes()));
        }
    }
}
