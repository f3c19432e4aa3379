// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shell.command.Bench;

/** System calls by hand, on a real kernel: the lines that scripts depend on. */
class SysCommandTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    private int puppet() throws Exception {
        return (Integer) bench.value("p = (spawn puppet)");
    }

    @Test
    void linesOfTheDesign() throws Exception {
        int pid = puppet();
        assertEquals(pid + "." + pid + " _lwp_detach(99) = -1 ESRCH (no such process)", bench.run("sys $p _lwp_detach 99"));
        String created = bench.run("r = (sys $p _lwp_create ctx 0 @)");
        Object lid = bench.value("$r out new_lwp");
        assertEquals(pid + "." + pid + " _lwp_create(ctx, 0, @) = 0 [new_lwp=" + lid + "]", created);
        assertEquals(pid + "." + lid + " ___lwp_park60(CLOCK_MONOTONIC, 0, NULL, 0, NULL, NULL) = ? asleep (parked)",
                bench.run("l = ($r out new_lwp)", "sys ${p}.${l} ___lwp_park60 CLOCK_MONOTONIC 0 NULL 0 NULL NULL"));
    }
}
