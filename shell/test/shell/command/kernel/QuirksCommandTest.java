// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

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
    void aChoiceOutlivesASwapAndListsASlot() throws Exception {
        bench.run("p = (spawn puppet)", "quirks Q1 off", "use vm modern", "use vm seed");
        assertTrue(bench.run(NOTHING).contains("EINVAL"));
        String lwp = bench.run("quirks lwp");
        assertTrue(lwp.contains("SUSPEND_SLEEPS_FIRST") && !lwp.contains("EMPTY_MAPPING"), lwp);
        assertTrue(bench.run("quirks sched").contains("4bsd"));
    }

    @Test
    void theRevisionBringsItsOwn() throws Exception {
        bench.run("p = (spawn puppet)");
        String missing = "sys $p _lwp_unpark_all [99] 1 NULL";
        assertTrue(bench.run(missing).contains("ESRCH"));
        bench.run("quirks L2 on");
        assertTrue(bench.run(missing).contains("= 0"));
        bench.run("quirks all off");
        assertTrue(bench.run(missing).contains("ESRCH"));
    }

    @Test
    void quirksAreChosenAtBoot() throws Exception {
        bench.run("boot --quirk all=off --quirk q1=on", "p = (spawn puppet)");
        assertTrue(bench.run(NOTHING).contains("= 0x"));
        assertTrue(bench.run("sys $p _lwp_unpark_all [1] 4294967297 NULL").contains("EINVAL"));
    }

    @Test
    void aSwitchIsDoneAgainWhenGoingBack() throws Exception {
        bench.run("p = (spawn puppet)", "quirks Q1 off", NOTHING, NOTHING, "back 1");
        assertTrue(bench.run(NOTHING).contains("EINVAL"));
    }

    @Test
    void badUseIsTold() {
        for (String line : new String[] {"quirks Q1", "quirks Q99 on", "quirks Q1 maybe", "quirks Q1 on x",
            "quirks machine", "boot --quirk Q1", "boot --quirk Q99=on"}) {
            assertThrows(RuntimeException.class, () -> bench.run(line), line);
        }
    }
}
