// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives jars that a rebuild wrote again with the same bytes their old time back, so that nothing that
 * depends on them is rebuilt and a running framework does not update them.
 */
final class KeptJars {
    private record Old(byte[] bytes, FileTime time) {
    }

    private final Map<Path, Old> before = new HashMap<>();

    /** Remembers the jars of a folder. */
    KeptJars(Path folder) throws IOException {
        for (Path jar : Trees.files(folder, ".jar")) {
            before.put(jar, new Old(Files.readAllBytes(jar), Files.getLastModifiedTime(jar)));
        }
    }

    /** Returns how many of the jars really changed. */
    int restoreTimes(File... built) throws IOException {
        int changed = 0;
        for (File file : built) {
            Path jar = file.toPath();
            Old old = before.get(jar);
            if (old != null && Arrays.equals(old.bytes, Files.readAllBytes(jar))) {
                Files.setLastModifiedTime(jar, old.time);
            } else {
                changed++;
            }
        }
        return changed;
    }
}
