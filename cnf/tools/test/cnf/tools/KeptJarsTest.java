// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptJarsTest {
    @TempDir
    Path folder;

    @Test
    void restoresTheTimeOfJarsWithEqualContentOnly() throws IOException {
        Path same = jar("same.jar", "1");
        Path changed = jar("changed.jar", "1");
        KeptJars kept = new KeptJars(folder);
        Files.writeString(same, "1");
        Files.writeString(changed, "2");
        Path added = folder.resolve("added.jar");
        Files.writeString(added, "1");

        assertEquals(2, kept.restoreTimes(same.toFile(), changed.toFile(), added.toFile()));
        assertEquals(1000, time(same));
        assertTrue(time(changed) > 1000);
        assertTrue(time(added) > 1000);
    }

    private Path jar(String name, String content) throws IOException {
        Path jar = folder.resolve(name);
        Files.writeString(jar, content);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1000));
        return jar;
    }

    private static long time(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toMillis();
    }
}
