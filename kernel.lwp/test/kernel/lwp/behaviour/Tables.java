// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tables of behaviour: all chapters, in the order of the manual. */
final class Tables {
    /** All revisions, oldest first. */
    static final List<String> REVISIONS = List.of("1.47", "1.76.2.1", "1.84");

    private static final List<String> FILES = List.of("life", "wait", "control", "park", "names", "traces", "scenarios");

    private Tables() {
    }

    /** Reads them. */
    static List<Chapter> read() {
        List<Chapter> chapters = new ArrayList<>();
        for (String file : FILES) {
            chapters.addAll(ChapterReader.read(folder().resolve(file + ".txt")));
        }
        return chapters;
    }

    /** The chapter of a call. */
    static Chapter of(String call) {
        return read().stream().filter(c -> c.title().equals(call)).findFirst().orElseThrow();
    }

    /** The lines of another file beside the chapters. */
    static List<String> lines(String file) {
        try {
            return Files.readAllLines(folder().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        return Path.of(System.getProperty("kw.root"), "kernel.lwp/test/behaviour");
    }
}
