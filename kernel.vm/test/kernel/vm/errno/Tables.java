// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.errno;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kernel.vm.object.VmProfile;

/** The tables of errors: all chapters, in the order of the manual. */
final class Tables {
    /** All profiles, the oldest first. */
    static final List<String> PROFILES = List.of("seed", "fixed", "modern");

    private static final List<String> FILES = List.of("mmap", "ranges", "locks", "old", "files");

    private Tables() {
    }

    /** Reads them. */
    static List<Chapter> read() {
        List<Chapter> chapters = new ArrayList<>();
        Path folder = Path.of(System.getProperty("kw.root"), "kernel.vm/test/errno");
        for (String file : FILES) {
            chapters.addAll(ChapterReader.read(folder.resolve(file + ".txt")));
        }
        return chapters;
    }

    static VmProfile profile(String name) {
        return switch (name) {
            case "seed" -> VmProfile.seed();
            case "fixed" -> VmProfile.fixed();
            case "modern" -> VmProfile.modern();
            default -> throw new IllegalArgumentException("there is no profile " + name);
        };
    }
}
