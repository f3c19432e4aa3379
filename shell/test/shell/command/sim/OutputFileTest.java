// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatWasThereStaysUntilAllIsWritten() throws IOException {
        Path file = folder.resolve("a.svg");
        Files.writeString(file, "old");
        try (OutputFile out = OutputFile.of(file)) {
            out.writer().write("half");
        }
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("a.svg"), names());
        try (OutputFile out = OutputFile.of(file)) {
            out.writer().write("whole");
            assertEquals("old", Files.readString(file));
            out.keep();
        }
        assertEquals("whole", Files.readString(file));
        assertEquals(List.of("a.svg"), names());
    }

    @Test
    void aFileThatCannotBeWrittenIsNoticedFirst() throws IOException {
        assertThrows(IOException.class, () -> OutputFile.of(folder.resolve("missing/a.svg")));
        String message = assertThrows(IOException.class, () -> OutputFile.of(folder)).getMessage();
        assertTrue(message.endsWith("is a folder; name a file"), message);
        assertEquals(List.of(), names());
    }
}
