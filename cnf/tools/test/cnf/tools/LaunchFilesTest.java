// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LaunchFilesTest {
    @Test
    void quotesAsJavaReadsIt() {
        assertEquals("\"a b\"", LaunchFiles.quote("a b"));
        assertEquals("\"a\\\\b\\\"c\"", LaunchFiles.quote("a\\b\"c"));
    }
}
