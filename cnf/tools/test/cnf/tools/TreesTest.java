// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
    @TempDir
    Path folder;

    @Test
    void aFolderThatDoesNotExistIsEmpty() throws IOException {
        Path missing = folder.resolve("missing");
        assertEquals(List.of(), Trees.files(missing, ".java"));
        assertEquals(0, Trees.newest(missing, List.of()));
        Trees.delete(missing);
    }

    @Test
    void findsFilesBySuffix() throws IOException {
        Path wanted = file("a/b/C.java", 1);
        file("a/b/c.txt", 1);
        assertEquals(List.of(wanted), Trees.files(folder, ".java"));
    }

    @Test
    void newestLeavesOutWhatItIsTold() throws IOException {
        file("src/A.java", 1000);
        file("bin/A.class", 2000);
        time(folder.resolve("src"), 1000);
        assertEquals(1000, Trees.newest(folder, List.of(folder.resolve("bin"))));
    }

    @Test
    void newestSeesThatAFileWasDeleted() throws IOException {
        Path file = file("src/A.java", 1000);
        time(folder.resolve("src"), 1000);
        Files.delete(file);
        assertTrue(Trees.newest(folder, List.of()) > 1000);
    }

    @Test
    void replacesAWholeFolder() throws IOException {
        file("old/stale", 1);
        file("new/fresh", 1);
        Trees.replace(folder.resolve("old"), folder.resolve("new"));
        assertTrue(Files.exists(folder.resolve("old/fresh")));
        assertFalse(Files.exists(folder.resolve("old/stale")));
        assertFalse(Files.exists(folder.resolve("new")));
    }

    private Path file(String name, long time) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        time(file, time);
        return file;
    }

    private static void time(Path file, long time) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(time));
    }
}
