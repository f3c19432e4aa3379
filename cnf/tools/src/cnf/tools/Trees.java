// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Questions about, and work on, whole folders. A folder that does not exist counts as empty. */
final class Trees {
    private Trees() {
    }

    static List<Path> files(Path root, String suffix) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(f -> f.toString().endsWith(suffix)).filter(Files::isRegularFile).sorted().toList();
        }
    }

    /**
     * The time of the latest change below a folder, or 0. Folders count as well as files: a file that
     * was deleted leaves its trace in the time of its folder.
     */
    static long newest(Path root, Collection<Path> except) throws IOException {
        if (!Files.exists(root)) {
            return 0;
        }
        long newest = 0;
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path file : (Iterable<Path>) walk::iterator) {
                // The root itself changes whenever an output folder is put into it.
                if (!file.equals(root) && except.stream().noneMatch(file::startsWith)) {
                    newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
                }
            }
        }
        return newest;
    }

    static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Puts {@code source} in the place of {@code target}, whatever was there. */
    static void replace(Path target, Path source) throws IOException {
        delete(target);
        Files.move(source, target);
    }
}
