// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shell.command.Bench;

/** schedctl, pset, cpuctl, sysctl, cpus, and the scheduling calls through sys. */
class SchedulingCommandsTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    private String fails(String line) {
        return assertThrows(RuntimeException.class, () -> bench.run(line), line).getMessage();
    }

    private String row(String table, String start) {
        return table.lines().map(String::strip).filter(line -> line.startsWith(start)).findFirst()
                .orElseThrow(() -> new AssertionError("no " + start + " in\n" + table)).replaceAll(" +", " ");
    }

    @Test
    void cpusShowWhatTheyShare() throws Exception {
        bench.run("boot --cpus 2x1x2");
        String cpus = bench.run("cpus");
        assertTrue(row(cpus, "1").startsWith("1 n0 p0 c0 t1 0 2nd"), cpus);
        assertTrue(row(cpus, "2").startsWith("2 n0 p1 c1 t0 0 1st"), cpus);
    }

    @Test
    void ticksOfTheStatisticsClockAreShown() throws Exception {
        bench.run("boot --cpus 2", "spawn hog 60s", "run 1005ms");
        assertTrue(row(bench.run("vmstat"), "cpu user").startsWith("cpu user 100 "));
        assertTrue(row(bench.run("vmstat"), "cpu idle").startsWith("cpu idle 100 "));
        String json = bench.run("cpus --json");
        assertTrue(json.contains("\"userTicks\":100,\"niceTicks\":0,\"systemTicks\":0,\"interruptTicks\":0,\"idleTicks\":0")
                && json.contains("\"userTicks\":0,\"niceTicks\":0,\"systemTicks\":0,\"interruptTicks\":0,\"idleTicks\":100"),
                json);
        String ps = bench.run("ps --json");
        assertTrue(ps.matches("(?s).*\"userNanos\":10[0-9]{8},\"systemNanos\":0,.*"), ps);
    }

    @Test
    void clocksOfAllCpusShowTheSameTime() throws Exception {
        bench.run("boot --cpus 2", "spawn hog 60s", "spawn hog 1s", "run 3s");
        String json = bench.run("cpus --json");
        assertEquals(2, json.split("\"clockNanos\":3000010000,", -1).length - 1, json);
        assertTrue(json.matches("(?s).*\"idleNanos\":1999[0-9]{6},.*"), json);
    }

    @Test
    void topShowsTheBusiestFirst() throws Exception {
        bench.run("boot --cpus 2", "spawn puppet", "spawn hog 60s", "run 6s");
        String top = bench.run("top");
        assertTrue(top.startsWith("load averages: 0.08, "), top);
        assertEquals(List.of("2.2", "1.1"), top.lines().filter(line -> line.matches("[12]\\.[12] .*"))
                .map(line -> line.substring(0, 3)).toList(), top);
        assertTrue(row(top, "2.2").startsWith("2.2 hog running 0 42 0 6s 25."), top);
        assertTrue(top.contains("25.") && top.contains("100.0%"), top);
        assertEquals(1, bench.run("top 1").lines().filter(line -> line.matches("[12]\\.[12] .*")).count());
        assertTrue(fails("top x").contains("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2x0", "x", "300", "17x16"})
    void aBadTopologyIsNamed(String cpus) {
        assertTrue(fails("boot --cpus " + cpus).contains(cpus));
    }

    @Test
    void schedctlSetsAndShows() throws Exception {
        bench.run("boot --cpus 4", "spawn puppet");
        assertTrue(row(bench.run("schedctl 1"), "1.1").startsWith("1.1 SCHED_OTHER "));
        String set = row(bench.run("schedctl 1.1 --class RR --priority 10 --affinity 1,3 --nice 5"), "1.1");
        assertTrue(set.startsWith("1.1 SCHED_RR 10 5 {1,3} 0"), set);
        bench.run("use sched m2");
        String after = row(bench.run("schedctl 1"), "1.1");
        assertTrue(after.startsWith("1.1 SCHED_RR 10 5 {1,3} 0"), after);
        assertFalse(bench.run("schedctl 1 --affinity none --class OTHER").contains("{"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "schedctl 9 | process 9", "schedctl 1.9 | LWP 1.9", "schedctl 1 --class X | OTHER, FIFO and RR",
        "schedctl 1 --priority 3 | give --class", "schedctl 1 --class RR --priority 64 | 0 to 63",
        "schedctl 1 --nice 21 | -20 to 20", "schedctl 1 --affinity 7 | CPU 7", "pset assign 9 0 | no processor set 9",
        "pset destroy 3 | no processor set 3", "pset assign 0 7 | CPU 7", "pset bind 1 1 | processor set 1", "pset fly | write pset",
        "cpuctl offline 9 | CPU 9", "cpuctl explode 1 | online or offline", "sysctl kern.sched.x=1 | kern.sched.x",
        "sysctl mints | there is no mints", "sysctl a=b=c | NAME=VALUE", "sysctl kern.sched.rtts=5 | cannot be set",
        "sysctl kern.sched.min_catch=0 | 1 to"
    })
    void mistakesAreNamed(String line, String hint) throws Exception {
        bench.run("boot --cpus 2", "spawn puppet");
        String message = fails(line);
        assertTrue(message.contains(hint), message);
    }

    @Test
    void processorSetsAndOfflineCpus() throws Exception {
        bench.run("boot --cpus 3", "spawn puppet", "pset create", "pset assign 1 2");
        assertEquals("1 2 1", row(bench.run("pset bind 1 1"), "1"));
        assertTrue(fails("cpuctl offline 2").contains("EBUSY"));
        bench.run("cpuctl offline 1");
        assertTrue(row(bench.run("cpus"), "1").contains("offline"));
        assertTrue(fails("cpuctl offline 0").contains("EBUSY"));
        bench.run("cpuctl online 1", "pset destroy 1");
        assertEquals(2, bench.run("pset").lines().count(), "the heading and the default set");
    }

    @Test
    void whatWasSetIsDoneAgainByBack() throws Exception {
        bench.run("boot --cpus 2 --sched m2", "spawn puppet", "sysctl kern.sched.mints=40", "schedctl 1 --nice 7",
                "pset create", "run 1ms", "spawn puppet");
        bench.run("back 1");
        assertTrue(row(bench.run("sysctl"), "kern.sched.mints").startsWith("kern.sched.mints 40"));
        assertTrue(row(bench.run("schedctl 1"), "1.1").contains(" 7 "));
        assertEquals(3, bench.run("pset").lines().count());
    }

    @Test
    void refusalsOfAssigningSayWhatStandsInTheWay() throws Exception {
        bench.run("boot --cpus 3", "spawn puppet", "pset create", "schedctl 1 --affinity 2");
        assertTrue(fails("pset assign 1 2").contains("schedctl PID --affinity none"));
        bench.run("schedctl 1 --affinity none", "cpuctl offline 1");
        assertTrue(fails("pset assign 1 1").contains("offline"));
        bench.run("cpuctl online 1", "pset assign 1 1");
        assertEquals("1 1,2 0", row(bench.run("pset assign 1 2"), "1"));
        assertTrue(fails("pset assign 1 0").contains("last one of the default set"));
    }

    @Test
    void aNameOrItsBeginningSelectsNumbers() throws Exception {
        bench.run("boot --sched m2");
        assertEquals(2, bench.run("sysctl kern.sched.mints").lines().count());
        assertEquals(bench.run("sysctl kern.sched.mints"), bench.run("sysctl mints"));
        String all = bench.run("sysctl kern.sched");
        assertTrue(all.lines().skip(1).allMatch(line -> line.startsWith("kern.sched.")) && all.contains("maxts"), all);
        assertEquals(all, bench.run("sysctl kern.sched."));
    }

    @Test
    void tunablesSurviveASwapToASchedulerThatLacksThem() throws Exception {
        bench.run("boot --sched m2", "sysctl maxts=200", "use sched 4bsd", "use sched m2");
        assertTrue(row(bench.run("sysctl"), "kern.sched.maxts").startsWith("kern.sched.maxts 200"));
        assertTrue(fails("sysctl mints=300").contains("maxts"));
    }

    @Test
    void theCallsCanBeMadeBySys() throws Exception {
        bench.run("boot --cpus 4", "spawn puppet");
        assertEquals("1.1 _sched_setparam(0, 0, SCHED_RR, [21]) = 0",
                bench.run("sys 1 _sched_setparam 0 0 SCHED_RR [21]").strip());
        assertEquals("1.1 _sched_getparam(0, 0, @, @) = 0 [policy=2, params=21]",
                bench.run("sys 1 _sched_getparam 0 0 @ @").strip());
        assertEquals("1.1 _sched_setaffinity(0, 0, 4, [1, 3]) = 0",
                bench.run("sys 1 _sched_setaffinity 0 0 4 [1 3]").strip());
        assertEquals("1.1 _sched_getaffinity(0, 0, 4, @) = 0 [cpuset=[1, 3]]",
                bench.run("sys 1 _sched_getaffinity 0 0 4 @").strip());
        assertEquals("1.1 pset_create(@) = 0 [psid=1]", bench.run("sys 1 pset_create @").strip());
        assertEquals("1.1 pset_assign(1, 0, @) = 0 [opsid=0]", bench.run("sys 1 pset_assign 1 0 @").strip());
        assertEquals("1.1 _pset_bind(P_LWPID, P_MYID, 0, 1, NULL) = 0",
                bench.run("sys 1 _pset_bind P_LWPID P_MYID 0 1 NULL").strip());
        assertTrue(fails("sys 1 _sched_setaffinity 0 0 4 [999]").contains("0 to 255"));
    }

    @Test
    void theKitRunsAgainstAnySchedulerAndWritesXml(@TempDir Path folder) throws Exception {
        Path xml = folder.resolve("m2.xml");
        String table = bench.run("tck sched m2 --junit " + xml);
        assertFalse(table.contains("FAILED"), table);
        String text = Files.readString(xml);
        assertTrue(text.contains("failures=\"0\"") && text.contains("name=\"no wake-up is lost\""), text);
        String message = fails("tck sched broken --junit " + xml);
        assertTrue(message.contains("broken fails"), message);
        String failures = bench.gogo().printed();
        assertTrue(row(failures, "FAILED").startsWith("FAILED positive"), failures);
        assertTrue(Files.readString(xml).contains("<failure message="));
    }
}
