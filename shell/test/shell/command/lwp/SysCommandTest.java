// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shell.command.Bench;

/** System calls by hand, on a real kernel: the lines that scripts depend on. */
class SysCommandTest {
    private final Bench bench = new Bench();

    @BeforeEach
    void puppet() throws Exception {
        bench.run("boot --memory 16M --cpus 2", "p = (spawn puppet)");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** Makes a second LWP, 1.2. */
    private void second() throws Exception {
        assertEquals("1.1 _lwp_create(ctx, 0, @) = 0 [new_lwp=2]", bench.run("sys $p _lwp_create ctx 0 @"));
    }

    @Test
    void linesOfTheDesign() throws Exception {
        assertEquals("1.1 _lwp_detach(99) = -1 ESRCH (no such process)", bench.run("sys 1.1 _lwp_detach 99"));
        second();
        assertEquals("1.2 ___lwp_park60(CLOCK_MONOTONIC, 0, NULL, 0, NULL, NULL) = ? asleep (parked)",
                bench.run("sys 1.2 ___lwp_park60 CLOCK_MONOTONIC 0 NULL 0 NULL NULL"));
        String mapped = bench.run("r = (sys $p mmap 0 8192 \"PROT_READ|PROT_WRITE\" \"MAP_ANON|MAP_PRIVATE\" -1 0)");
        assertEquals("1.1 mmap(0, 8192, PROT_READ|PROT_WRITE, MAP_ANON|MAP_PRIVATE, -1, 0) = 0x"
                + Long.toHexString((Long) bench.value("$r value")), mapped);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "sys 1 _lwp_self;                               1.1 _lwp_self() = 1",
        "sys 1.1 mmap 0 4096 PROT_READ,PROT_WRITE MAP_ANON 5 0; 1.1 mmap(0, 4096, PROT_READ|PROT_WRITE, MAP_ANON, 5, 0) = -1 EINVAL (invalid argument)",
        "sys 1 munmap 0x1 4096;                         1.1 munmap(0x1, 4096) = -1 EINVAL (invalid argument)",
        "sys 1 _lwp_setname 1 worker;                   1.1 _lwp_setname(1, \"worker\") = 0",
        "sys 1 __clock_gettime50 CLOCK_MONOTONIC 0xdead0000; '1.1 __clock_gettime50(CLOCK_MONOTONIC, 0xdead0000) = -1 EFAULT (bad address)'",
        "sys 1 __nanosleep50 [0 1000000000] NULL;       '1.1 __nanosleep50([0, 1000000000], NULL) = -1 EINVAL (invalid argument)'",
        "sys 1 __nanosleep50 250ms NULL;                '1.1 __nanosleep50(250ms, NULL) = 0'",
        "sys 1 _lwp_unpark_all [7 8] 2 NULL;            '1.1 _lwp_unpark_all([7, 8], 2, NULL) = -1 ESRCH (no such process)'",
        "sys 1 ___lwp_park60 CLOCK_MONOTONIC 0 100ms 0 NULL NULL; '1.1 ___lwp_park60(CLOCK_MONOTONIC, 0, 100ms, 0, NULL, NULL) = -1 ETIMEDOUT (connection timed out)'",
        "sys 1 ___lwp_park60 CLOCK_MONOTONIC TIMER_ABSTIME +1s 0 NULL NULL; '1.1 ___lwp_park60(CLOCK_MONOTONIC, TIMER_ABSTIME, +1s, 0, NULL, NULL) = -1 ETIMEDOUT (connection timed out)'",
        "sys 1 setrlimit RLIMIT_CORE [4096 RLIM_INFINITY]; '1.1 setrlimit(RLIMIT_CORE, [4096, RLIM_INFINITY]) = 0'",
        "sys 1 getrlimit RLIMIT_AS @;                   '1.1 getrlimit(RLIMIT_AS, @) = 0 [rlp=RLIM_INFINITY RLIM_INFINITY]'",
        "sys 1 __getrusage50 RUSAGE_CHILDREN @;         '1.1 __getrusage50(RUSAGE_CHILDREN, @) = 0 [rusage=0 user, 0 system]'",
        "sys --nowait 1 __nanosleep50 5s NULL;          '1.1 __nanosleep50(5s, NULL) = ? asleep (nanoslp)'",
        "sys 1 __nanosleep50 60s NULL;                  '1.1 __nanosleep50(60s, NULL) = ? asleep (nanoslp)'",
        "sys 1 _lwp_exit;                               1.1 _lwp_exit() = ? exited"})
    void everyWayToWriteAnArgument(String line, String printed) throws Exception {
        assertEquals(printed, bench.run(line));
    }

    @Test
    void resultsForScripts() throws Exception {
        bench.run("r = (sys $p mmap 0 8192 PROT_READ,PROT_WRITE MAP_ANON,MAP_PRIVATE -1 0)");
        assertEquals("", bench.value("$r errno"));
        String address = "0x" + Long.toHexString((Long) bench.value("a = ($r value)"));
        bench.run("poke $p $a 01");
        assertEquals("1.1 mincore(" + address + ", 4096, @) = 0 [vec=1f]", bench.run("r = (sys $p mincore $a 4096 @)"));
        assertEquals(List.of(0x1fL), bench.value("$r out vec"));
        bench.run("r = (sys $p munmap 1 1)");
        assertEquals("EINVAL", bench.value("$r errno"));
        assertEquals(-1L, bench.value("$r value"));
    }

    @Test
    void textAndTimesComeBack() throws Exception {
        assertEquals("1.1 _lwp_getname(1, @, 20) = 0 [name=\"worker\"]",
                bench.run("sys 1 _lwp_setname 1 worker", "sys 1 _lwp_getname 1 @ 20").lines().toList().getLast());
        String line = bench.run("run 2s", "sys 1 __clock_gettime50 CLOCK_MONOTONIC @").lines().toList().getLast();
        assertTrue(line.matches(".* = 0 \\[tp=2\\.\\d+s\\]"), line);
    }

    @Test
    void plusCountsFromNowOnTheClockOfTheCall() throws Exception {
        bench.run("run 2s");
        assertEquals("1.1 ___lwp_park60(CLOCK_MONOTONIC, TIMER_ABSTIME, +1s, 0, NULL, NULL) = ? asleep (parked)",
                bench.run("sys --nowait 1 ___lwp_park60 CLOCK_MONOTONIC TIMER_ABSTIME +1s 0 NULL NULL"));
        bench.run("run 999ms", "use lwp 1.47");
        assertTrue(bench.run("result 1").endsWith("? asleep (parked)"));
        bench.run("run 20ms");
        assertTrue(bench.run("result 1").endsWith("= -1 ETIMEDOUT (connection timed out)"));
        assertEquals("1.1 ___lwp_park50(+1s, 0, NULL, NULL) = ? asleep (parked)",
                bench.run("sys --nowait 1 ___lwp_park50 +1s 0 NULL NULL"));
    }

    @Test
    void wokenCallIsFinishedWhenAskedFor() throws Exception {
        second();
        bench.run("sys 1.2 ___lwp_park60 CLOCK_MONOTONIC 0 NULL 0 NULL NULL");
        assertEquals("1.2 ___lwp_park60(CLOCK_MONOTONIC, 0, NULL, 0, NULL, NULL) = ? asleep (parked)",
                bench.run("result 1.2"));
        assertEquals("1.1 _lwp_unpark(2, NULL) = 0", bench.run("sys 1.1 _lwp_unpark 2 NULL"));
        assertEquals("1.2 ___lwp_park60(CLOCK_MONOTONIC, 0, NULL, 0, NULL, NULL) = 0", bench.run("result 1.2"));
        assertEquals("1.2 _lwp_self() = 2", bench.run("sys 1.2 _lwp_self"));
    }

    @Test
    void lwpThatSleepsTakesNoSecondCall() throws Exception {
        second();
        bench.run("sys 1.2 ___lwp_park60 CLOCK_MONOTONIC 0 NULL 0 NULL NULL");
        assertMalformed("sys 1.2 _lwp_self", "still in ___lwp_park60");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "sys 1.9 _lwp_self; no LWP 9", "sys 7 _lwp_self; no process 7", "sys 1 nosuchcall; no system call nosuchcall",
        "sys 1 unpark; is it _lwp_unpark or", "sys 1 _lwp_detach; takes 1 argument",
        "sys 1 _lwp_detach x; 'x' is no target", "sys 1 setrlimit RLIMIT_CORE [1]; write [SOFT HARD]",
        "sys $nothing.2 _lwp_self; ${p}.2", "sys 1; usage: sys"})
    void malformedCallFailsAndChangesNothing(String lineAndReason) throws Exception {
        String before = bench.run("kernels --json");
        String[] parts = lineAndReason.split("; ");
        assertMalformed(parts[0], parts[1]);
        assertEquals(before, bench.run("kernels --json"));
    }

    private void assertMalformed(String line, String reason) {
        String message = assertThrows(Exception.class, () -> bench.run(line)).toString();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void failedAccessTellsItsSignal() throws Exception {
        assertEquals("SIGSEGV at 0x10", bench.run("peek 1 0x10 4"));
        bench.run("r = (sys $p mmap 0 4096 PROT_READ,PROT_WRITE MAP_ANON -1 0)", "a = ($r value)",
                "poke $p $a [1 0x80]");
        assertEquals(0x8001L, bench.value("(peek $p $a 8) value"));
        assertEquals("1.1 _lwp_self() = 1", bench.run("sys $p _lwp_self"), "the puppet survives");
    }

    @Test
    void addressesAndContentsSurviveASwapOfEverything() throws Exception {
        bench.run("r = (sys $p mmap 0 4096 PROT_READ,PROT_WRITE MAP_ANON -1 0)", "a = ($r value)", "poke $p $a hello");
        second();
        bench.run("sys 1.2 ___lwp_park60 CLOCK_MONOTONIC 0 NULL 0 NULL NULL");
        String report = bench.run("use sched m2 machine aarch64 lwp 1.47");
        assertTrue(report.contains("sched: 4bsd -> m2") && report.contains("machine: amd64 -> aarch64")
                && report.contains("lwp: 1.84 -> 1.47") && report.contains("committed at"), report);
        assertTrue(bench.run("peek $p $a 5").endsWith("hello"));
        bench.run("sys 1.1 _lwp_unpark 2 NULL");
        assertTrue(bench.run("result 1.2").endsWith(" = 0"));
    }
}
