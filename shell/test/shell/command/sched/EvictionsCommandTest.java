// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shell.command.Bench;

class EvictionsCommandTest {
    private final Bench bench = new Bench();

    @BeforeEach
    void boot() throws Exception {
        bench.run("boot --memory 16M --cpus 1 --seed 7");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void anEvictionIsListedAndDumped() throws Exception {
        bench.run("use sched broken", "spawn hog 10ms", "run 100ms");
        assertEquals("4bsd", bench.kernel().dispatcher().slot().active());
        String list = bench.interact("evictions");
        assertTrue(list.contains("throw") && list.contains("broken") && list.contains("no room"), list);
        String dump = bench.interact("evictions 1");
        assertTrue(dump.contains("broken -> 4bsd: throw"), dump);
        assertTrue(dump.contains("seed 7, event "), dump);
        assertTrue(dump.contains("BrokenScheduler.enqueue"), dump);
    }

    @Test
    void aRunNamesWhoWasEvictedOnTheWay() throws Exception {
        bench.run("spawn puppet", "sys --nowait 1 __nanosleep50 50ms NULL", "use sched broken");
        String ran = bench.interact("run 100ms");
        assertTrue(ran.contains("\nevicted: scheduler broken broke a rule in enqueue: ")
                && ran.endsWith("; evictions 1 shows all about it"), ran);
        assertFalse(bench.interact("run 100ms").contains("evicted"));
    }

    @Test
    void anEvictionByHandIsListedAndCanBeDoneAgain() throws Exception {
        bench.run("use sched m2", "spawn hog 10ms");
        String dump = bench.interact("evict sched");
        assertTrue(dump.contains("sched m2 -> 4bsd: asked"), dump);
        assertTrue(dump.contains("scheduler m2 was evicted by hand"), dump);
        assertTrue(dump.contains("at a safe point"), dump);
        bench.run("run 1ms", "back");
        assertEquals("4bsd", bench.kernel().dispatcher().slot().active());
        assertTrue(bench.interact("evictions").contains("m2"));
    }

    @Test
    void whoWasEvictedIsSaidSoUntilItIsChosenAgain() throws Exception {
        bench.run("use sched m2", "evict sched");
        assertTrue(bench.interact("variants sched").lines().anyMatch(line -> line.matches("sched +m2 +no +yes .*")),
                bench.interact("variants sched"));
        assertFalse(bench.interact("slots").lines().anyMatch(line -> line.matches("sched +4bsd +m2 .*")));
        bench.run("use sched m2");
        assertTrue(bench.interact("variants sched").lines().anyMatch(line -> line.matches("sched +m2 +yes +no .*")));
    }

    @Test
    void whatCannotBeEvictedIsRefused() {
        assertRefused("evict sledge", "there is no slot sledge");
        assertRefused("evict vm", "slot vm has no variant with code of its own");
    }

    private void assertRefused(String command, String why) {
        Exception refused = assertThrows(Exception.class, () -> bench.run(command));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    @Test
    void anUnknownNumberIsRefused() {
        Exception refused = assertThrows(Exception.class, () -> bench.run("evictions 3"));
        assertTrue(refused.getMessage().contains("there is no eviction 3"), refused.getMessage());
    }
}
