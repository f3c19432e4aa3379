// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shell.command.Bench;

class QuirksCommandTest {
    private static final String NOTHING = "sys $p mmap 0 0 PROT_READ MAP_ANON -1 0";

    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void switchesOneQuirkOfTheRunningKernel() throws Exception {
        bench.run("p = (spawn puppet)");
        assertTrue(bench.run(NOTHING).contains("= 0x"));
        assertTrue(bench.run("quirks q1 off").contains("EMPTY_MAPPING"));
        assertTrue(bench.run(NOTHING).contains("EINVAL"));
        bench.run("quirks EMPTY_MAPPING on");
        assertTrue(bench.run(NOTHING).contains("= 0x"));
    }

    @Test
    void theProfileDecidesUntilThen() throws Exception {
        bench.run("p = (spawn puppet)", "use vm modern");
        assertTrue(bench.run(NOTHING).contains("EINVAL"));
        bench.run("use vm seed");
        assertTrue(bench.run(NOTHING).contains("= 0x"));
    }

    @Test
    void aSwitchIsDoneAgainWhenGoingBack() throws Exception {
        bench.run("p = (spawn puppet)", "quirks Q1 off", NOTHING, NOTHING, "back 1");
        assertTrue(bench.run(NOTHING).contains("EINVAL"));
    }

    @Test
    void badUseIsTold() {
        for (String line : new String[] {"quirks Q1", "quirks Q99 on", "quirks Q1 maybe", "quirks Q1 on x"}) {
            assertThrows(RuntimeException.class, () -> bench.run(line), line);
        }
    }
}
