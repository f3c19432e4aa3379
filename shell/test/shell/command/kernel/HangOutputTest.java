// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shell.command.Bench;

/** A hang of the original is named by run, step and why. */
class HangOutputTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void runAndWhyNameWhoHangs() throws Exception {
        bench.run("p = (spawn puppet)");
        assertFalse(bench.run("run 1ms").contains("hang"));
        bench.run("sys $p ___lwp_park60 CLOCK_MONOTONIC 0 NULL 0 NULL NULL");
        String hang = "hang: nobody in process puppet[1] can go on: 1.1 asleep on \"parked\"";
        for (String command : new String[] {"run 1ms", "step", "why 1.1"}) {
            assertTrue(bench.run(command).contains(hang), command);
        }
    }

    @Test
    void whoCanStillBeWokenDoesNotHang() throws Exception {
        bench.run("p = (spawn puppet)", "sys $p _lwp_create ctx 0 @");
        bench.run("sys $p ___lwp_park60 CLOCK_MONOTONIC 0 NULL 0 NULL NULL");
        assertFalse(bench.run("run 1ms").contains("hang"));
        assertFalse(bench.run("why 1.1").contains("hang"));
    }
}
