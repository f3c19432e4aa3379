// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import itest.support.Bundles;
import itest.support.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/** The commands in the container, where services come and go. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class ShellIT {
    @InjectBundleContext
    BundleContext context;
    @InjectService
    CommandProcessor processor;
    private Shell shell;

    @BeforeEach
    void open() throws Exception {
        shell = new Shell(processor);
        shell.type("boot --memory 32M --cpus 2 --seed 5");
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void everyCommandExplainsItself() throws Exception {
        List<String> names =
                shell.type("help").lines().filter(l -> l.startsWith("  ")).map(l -> l.strip().split(" ")[0]).toList();
        assertTrue(names.containsAll(List.of("boot", "spawn", "sys", "result", "peek", "poke", "run", "go", "pause",
                "step", "back", "ps", "lwps", "lwp", "why", "runq", "sleepq", "cpus", "vmmap", "pmap", "frames",
                "vmstat", "slots", "variants", "use", "sim", "compare", "trace")), names.toString());
        for (String name : names) {
            String page = shell.type(name + " --help");
            assertTrue(page.startsWith(name + ": ") && page.contains("usage: " + name) && page.contains("example: "),
                    page);
        }
    }

    @Test
    void systemCallsByHandAcrossASwapOfEverything() throws Exception {
        shell.type("p = (spawn puppet)");
        shell.type("r = (sys $p _lwp_create ctx 0 @); l = ($r out new_lwp)");
        assertTrue(shell.type("sys ${p}.${l} ___lwp_park60 CLOCK_MONOTONIC 0 NULL 0 NULL NULL")
                .endsWith("= ? asleep (parked)"));
        String report = shell.type("use sched m2 machine aarch64 lwp 1.47");
        assertTrue(report.contains("committed at") && report.contains("machine: amd64 -> aarch64"), report);
        assertTrue(shell.type("sys $p _lwp_unpark $l NULL").endsWith("= 0"));
        assertTrue(shell.type("result ${p}.${l}")
                .endsWith("___lwp_park60(CLOCK_MONOTONIC, 0, NULL, 0, NULL, NULL) = 0"));
    }

    @Test
    void slotThatIsLeftVacantIsExplained() throws Exception {
        Bundle[] schedulers = Stream.of(context.getAllServiceReferences(null, "(kernel.slot=sched)"))
                .map(ServiceReference::getBundle).distinct().toArray(Bundle[]::new);
        shell.type("p = (spawn puppet)");
        try {
            Bundles.stop(schedulers);
            assertTrue(shell.type("slots").lines().anyMatch(l -> l.matches("sched +- .*")));
            assertTrue(shell.type("run 1ms").contains("kernel.slot=sched"));
            assertTrue(shell.fail("use sched m2").contains("slot sched has no variant m2"));
        } finally {
            Bundles.start(schedulers);
        }
        assertTrue(shell.type("sys $p _lwp_self").contains("_lwp_self() = "));
    }

    @Test
    void updatedBundleIsUsedAtOnce() throws Exception {
        shell.type("p = (spawn puppet)");
        shell.type("sys $p _lwp_self");
        for (String name : List.of("kernel.sched.fourbsd", "machine.x86.amd64", "kernel.lwp.r184")) {
            new Bundles(context).named(name).update();
            assertTrue(shell.type("sys $p _lwp_self").contains("_lwp_self() = "), name);
        }
    }

    @Test
    void simReportsAsJson() throws Exception {
        Path workload = Path.of(System.getProperty("kw.root"), "workloads/pipeline.json");
        String line = "sim \"" + workload + "\" --cpus 4 --seed 7 --duration 200ms --swap 50ms:sched=m2 --json";
        String json = shell.type(line);
        assertTrue(json.startsWith("{\"workload\":") && json.contains("\"failures\":[]"), json);
        assertEquals(json.replaceAll(".*\"hash\":\"(\\w+)\".*", "$1"),
                shell.type(line).replaceAll(".*\"hash\":\"(\\w+)\".*", "$1"));
    }

    @Test
    void commandsComeBackWithTheirBundle() throws Exception {
        Bundle commands = new Bundles(context).named("shell.command");
        commands.stop();
        try {
            assertTrue(shell.fail("ps").contains("ps"));
        } finally {
            commands.start();
        }
        assertEquals("PID  PARENT  UID  NAME  STATE  LWPS  ZOMBIES  MAPPED  RESIDENT PAGES  RUN  USER  SYSTEM  EXIT",
                shell.type("ps"));
    }
}
