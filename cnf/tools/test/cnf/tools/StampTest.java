// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StampTest {
    @TempDir
    Path folder;

    @Test
    void isOlderThanEverythingBeforeItIsSet() throws IOException {
        assertTrue(new Stamp(folder.resolve("stamp")).olderThan(0));
    }

    @Test
    void showsAnInputSavedWhileTheStepRan() throws IOException {
        Stamp stamp = new Stamp(folder.resolve("made/stamp"));
        stamp.set(1000);
        assertFalse(stamp.olderThan(1000));
        assertTrue(stamp.olderThan(1001));
    }
}
