// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import itest.support.NewJvm;
import itest.support.NewJvm.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./kw run} with the streams of a real process. */
class ScriptIT {
    @TempDir
    Path folder;

    /** Gogo's words print their usage themselves, to the standard error of the session. */
    @Test
    void usageOfGogosWordsGoesToStandardError() throws Exception {
        Path script = Files.writeString(folder.resolve("s.gosh"), "echo before\ntry { echo inside }\necho behind\n");
        Outcome outcome = NewJvm.asShipped().run(List.of("run", script.toString()));
        assertEquals(new Outcome(1, "before\n",
                "usage: try { try-action } [ [catch] { catch-action } [ [finally] { finally-action } ] ]\n"
                        + script + ":2: the command ended with error 2\n"), outcome);
    }
}
