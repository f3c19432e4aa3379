// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** A file whose time says when the inputs of a finished step were read. */
record Stamp(Path file) {

    boolean olderThan(long input) throws IOException {
        return !Files.exists(file) || Files.getLastModifiedTime(file).toMillis() < input;
    }

    /** Marks the step done. {@code started} is when it began: an input saved during the step is newer. */
    void set(long started) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.fromMillis(started));
    }
}
