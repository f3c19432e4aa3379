// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shell.command.Bench;

/** Stepping back is replaying what was done: every kind of deed, and then again. */
class BackCommandTest {
    private static final String[] SESSION = {
        "p = (spawn --uid 7 puppet)", "sys 1.1 _lwp_create ctx 0 @", "sys 1.1 _lwp_setname 1 \"two words\"",
        "sys --nowait 1.2 ___lwp_park60 CLOCK_MONOTONIC TIMER_ABSTIME +1s 0 NULL NULL", "use sched m2 machine aarch64",
        "r = (sys 1.1 mmap 0 8192 PROT_READ,PROT_WRITE MAP_ANON -1 0)", "a = ($r value)", "poke 1 $a [1 2 3]",
        "run 300ms", "use lwp 1.47", "sys 1.1 _lwp_unpark_all [2 9] 2 NULL", "peek 1 $a 3", "step 3"};

    private final Bench bench = new Bench();

    @BeforeEach
    void boot() throws Exception {
        bench.run("boot --cpus 2 --memory 16M --seed 9");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private String state() {
        return bench.kernel().ask(engine -> engine.events().count() + " " + engine.nowNanos() + " "
                + engine.events().hashText());
    }

    private long events() {
        return bench.kernel().ask(engine -> engine.events().count());
    }

    @Test
    void sameStateAtTheSameEvent() throws Exception {
        bench.run(SESSION);
        String end = state();
        long count = events();
        bench.run("back 0");
        assertEquals(end, state());
        bench.run("back 7");
        assertTrue(events() < count, "at the first safe point after the event");
        assertNotEquals(end, state());
        bench.run("step " + (count - events()));
        assertEquals(end.split(" ")[2], state().split(" ")[2], "forward again as before");
    }

    @Test
    void goesBackFromWhereItWentBackTo() throws Exception {
        bench.run(SESSION);
        bench.run("back 5");
        String there = state();
        long event = events();
        bench.run("step 2");
        bench.run("back " + (events() - event));
        assertEquals(there, state());
        assertTrue(bench.run("ps").contains("puppet"));
    }

    @Test
    void everyStepBackIsOne() throws Exception {
        bench.run(SESSION);
        bench.run("use sched m2");
        for (int i = 0; i < 3; i++) {
            long before = events();
            bench.run("back 1");
            assertTrue(events() < before, "still at event " + before);
        }
    }

    @Test
    void bootingCannotBeUndone() throws Exception {
        String before = state();
        assertTrue(assertThrows(Exception.class, () -> bench.run("back 1000")).toString().contains("there are only"));
        assertTrue(assertThrows(Exception.class, () -> bench.run("back 1")).toString().contains("part of booting"));
        assertEquals(before, state());
    }
}
