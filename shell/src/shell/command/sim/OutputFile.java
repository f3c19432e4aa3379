// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sim;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import shell.command.Invocation;

/**
 * A file that a run writes when it has ended.
 *
 * <p>It is opened before, so that no run is wasted on a file that cannot be written, but under another name: what was there
 * stays until there is something to take its place.
 */
final class OutputFile implements AutoCloseable {
    private final Path file;
    private final Path draft;
    private final Writer writer;
    private boolean kept;

    private OutputFile(Path file) throws IOException {
        this.file = file;
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder; name a file");
        }
        draft = file.resolveSibling(file.getFileName() + ".part");
        writer = Files.newBufferedWriter(draft);
    }

    /** The file that an option names, or null without that option. */
    static OutputFile of(Invocation in, String option) throws IOException {
        return in.option(option) == null ? null : of(in.file(in.option(option)));
    }

    static OutputFile of(Path file) throws IOException {
        return new OutputFile(file);
    }

    Writer writer() {
        return writer;
    }

    /** All is written: the file takes its name. */
    void keep() throws IOException {
        writer.close();
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        kept = true;
    }

    @Override
    public void close() throws IOException {
        if (!kept) {
            writer.close();
            Files.deleteIfExists(draft);
        }
    }
}
