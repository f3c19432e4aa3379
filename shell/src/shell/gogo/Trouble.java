// SPDX-License-Identifier: BSD-2-Clause
package shell.gogo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Words for exceptions that no command expects: one line for the user, the stack trace in a file. */
final class Trouble {
    private Trouble() {
    }

    static String describe(Throwable trouble) {
        if (trouble instanceof NoSuchFileException missing) {
            Path folder = Path.of(missing.getFile()).toAbsolutePath().getParent();
            return folder == null || Files.isDirectory(folder) ? "there is no file " + missing.getFile()
                    : "there is no folder " + folder;
        }
        if (trouble instanceof IOException) {
            return trouble.getMessage();
        }
        String what = trouble.getClass().getSimpleName() + ": " + trouble.getMessage();
        try {
            Path file = Files.createTempFile("kw-", ".trace");
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
                trouble.printStackTrace(out);
            }
            return what + " (unexpected; details are in " + file + ")";
        } catch (IOException e) {
            return what + " (unexpected)";
        }
    }
}
