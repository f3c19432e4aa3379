// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import itest.support.Shell;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/** A session as the README describes it, typed at the command processor of the container. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class SessionIT {
    private static final String PARK = "___lwp_park60(CLOCK_MONOTONIC, 0, NULL, 0, NULL, NULL)";

    @InjectBundleContext
    BundleContext context;
    @InjectService
    CommandProcessor processor;

    private Shell shell;

    @BeforeEach
    void bootWithAPuppet() throws Exception {
        shell = new Shell(processor);
        shell.type("boot --cpus 2 --sched 4bsd --lwp 1.84 --machine amd64 --seed 7");
        assertEquals("1", shell.type("spawn puppet"));
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void everyCommandOfTheDesignIsRegistered() throws Exception {
        Set<String> missing = new TreeSet<>(List.of("boot", "spawn", "sys", "result", "peek", "poke", "run", "go", "pause",
                "step", "back", "ps", "lwps", "lwp", "why", "runq", "sleepq", "cpus", "vmmap", "pmap", "frames", "vmstat",
                "slots", "variants", "use", "sim", "compare", "trace", "ktrace"));
        for (ServiceReference<Function> function : context.getServiceReferences(Function.class, null)) {
            missing.remove(String.valueOf(function.getProperty(CommandProcessor.COMMAND_FUNCTION)));
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void aPuppetDoesWhatItIsToldAndSwapsLeaveItAsleep() throws Exception {
        assertEquals("1.1 _lwp_detach(99) = -1 ESRCH (no such process)", shell.type("sys 1.1 _lwp_detach 99"));
        assertEquals("1.1 _lwp_create(ctx, 0, @) = 0 [new_lwp=2]", shell.type("sys 1 _lwp_create ctx 0 @"));
        assertEquals("1.2 " + PARK + " = ? asleep (parked)",
                shell.type("sys 1.2 ___lwp_park60 CLOCK_MONOTONIC 0 NULL 0 NULL NULL"));
        assertTrue(shell.type("why 1.2").startsWith("1.2 asleep on \"parked\""), shell.type("why 1.2"));
        for (String swap : List.of("use sched m2", "use machine aarch64 lwp 1.47")) {
            assertTrue(shell.type(swap).contains("committed"), swap);
            assertEquals("1.2 " + PARK + " = ? asleep (parked)", shell.type("result 1.2"), swap);
        }
        String slots = shell.type("slots");
        for (String row : List.of("sched +m2 ", "lwp +1\\.47 ", "machine +aarch64 ", "vm +seed ")) {
            assertTrue(slots.lines().anyMatch(line -> line.matches(row + ".*")), slots);
        }
        assertEquals("1.1 _lwp_unpark(2, NULL) = 0", shell.type("sys 1 _lwp_unpark 2 NULL"));
        assertEquals("1.2 " + PARK + " = 0", shell.type("result 1.2"));
    }

    @Test
    void theResultOfACallIsAnObject() throws Exception {
        shell.type("r = (sys 1 _lwp_create ctx 0 @)");
        assertEquals(2L, ((Number) shell.value("$r out new_lwp")).longValue());
        assertEquals("", shell.value("$r errno"));
        shell.type("r = (sys 1 _lwp_detach 99)");
        assertEquals("ESRCH", shell.value("$r errno"));
        assertEquals(-1L, shell.value("$r value"));
    }

    @Test
    void memoryIsTheSameUnderBothMachines() throws Exception {
        shell.type("m = (sys 1 mmap 0 8192 'PROT_READ|PROT_WRITE' 'MAP_ANON|MAP_PRIVATE' -1 0)");
        String address = "0x" + Long.toHexString((Long) shell.value("$m value"));
        assertTrue(shell.type("poke 1 " + address + " 2a00ff07").contains("2a 00 ff 07"));
        assertTrue(shell.type("pmap 1 " + address).contains("PML4"), shell.type("pmap 1 " + address));
        String map = shell.type("vmmap 1");
        shell.type("use machine aarch64");
        assertTrue(shell.type("peek 1 " + address + " 4").contains("2a 00 ff 07"));
        assertEquals(firstColumns(map), firstColumns(shell.type("vmmap 1")));
        assertEquals("SIGSEGV at 0x0", shell.type("peek 1 0 4"));
    }

    @ParameterizedTest
    @CsvSource({"amd64, 0", "aarch64, 1"})
    void whoKeepsTheModifiedBitShowsInVmstat(String machine, int faults) throws Exception {
        shell.type("use machine " + machine);
        shell.type("m = (sys 1 mmap 0 4096 'PROT_READ|PROT_WRITE' 'MAP_ANON|MAP_PRIVATE' -1 0)");
        String address = "0x" + Long.toHexString((Long) shell.value("$m value"));
        shell.type("peek 1 " + address + " 1");
        long before = modifiedFaults();
        shell.type("poke 1 " + address + " 02");
        assertEquals(faults, modifiedFaults() - before);
    }

    private long modifiedFaults() throws Exception {
        String row = shell.type("vmstat").lines().filter(line -> line.startsWith("modified faults")).findFirst().orElseThrow();
        return Long.parseLong(row.split(" +")[2]);
    }

    @ParameterizedTest
    @CsvSource({
        "sys 1 nosuch, no system call nosuch",
        "sys 9 _lwp_self, no process 9; ps lists them",
        "sys 1 _lwp_detach x, x",
        "why 1.77, no LWP 77; lwps 1 lists them",
        "use sched nosuch, slot sched has no variant nosuch; there are 4bsd",
        "use nosuch m2, there is no slot nosuch; there are sched",
        "boot --machine vax, no variant vax for slot machine; there are: aarch64",
        "spawn nosuch, no program 'nosuch'; there are contention",
        "sim nosuch.json, no workload 'nosuch.json'",
        "run 5parsecs, not a duration: '5parsecs'"})
    void aMistakeIsNamedAndChangesNothing(String line, String message) throws Exception {
        String before = shell.type("kernels");
        assertTrue(shell.fail(line).contains(message), shell.fail(line));
        assertEquals(before, shell.type("kernels"));
    }

    private static List<String> firstColumns(String table) {
        return table.lines().map(line -> line.strip().split(" +")).map(cells -> cells[0] + " " + cells[1]).toList();
    }
}
