// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shell.command.Bench;

class PagingCommandsTest {
    private final Bench bench = new Bench();

    @TempDir
    Path folder;

    @BeforeEach
    void touchAPage() throws Exception {
        bench.run("p = (spawn puppet)", "r = (sys $p mmap 0 65536 3 0x1002 -1 0)", "a = ($r value)",
                "poke $p $a hello");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void objectsAndTheirPages() throws Exception {
        assertTrue(bench.run("object").contains("DEFAULT"));
        String object = bench.run("object --json").replaceFirst("(?s).*\"object\":(\\d+).*", "$1");
        String details = bench.run("object " + object);
        assertTrue(details.contains("DEFAULT") && details.contains("active"), details);
        assertThrows(RuntimeException.class, () -> bench.run("object 99999"));
        assertThrows(RuntimeException.class, () -> bench.run("object x"));
    }

    @Test
    void aPageAndWhoMapsIt() throws Exception {
        String pmap = bench.run("pmap $p --json");
        long frame = Long.parseLong(pmap.replaceFirst("(?s).*\"frameAddress\":(\\d+).*", "$1")) / 4096;
        String page = bench.run("page " + frame);
        assertTrue(page.contains("active") && page.contains("rw"), page);
        assertThrows(RuntimeException.class, () -> bench.run("page 99999999"));
    }

    @Test
    void variablesOfTheMemoryLayer() throws Exception {
        assertTrue(bench.run("sysctl").contains("vm.swap_enabled"));
        bench.run("sysctl kern.ipc.shm_use_phys=1", "f = (sys $p shm_open memory 0x202 0)",
                "sys $p ftruncate ($f value) 4096", "m = (sys $p mmap 0 4096 3 1 ($f value) 0)", "b = ($m value)",
                "poke $p $b hello");
        assertTrue(bench.run("object").contains("PHYS"));
        assertThrows(RuntimeException.class, () -> bench.run("sysctl kern.ipc.shm_use_phys=2"));
        bench.run("spawn puppet", "back 1");
        assertTrue(bench.run("sysctl --json").replaceAll("\\s", "").contains("shm_use_phys\",\"value\":1"),
                "what was set is set again");
    }

    @Test
    void pagesOfDevices() throws Exception {
        bench.run("f = (sys $p open '/dev/fb0' 2 0)", "m = (sys $p mmap 0 4096 3 1 ($f value) 0)", "b = ($m value)");
        bench.run("poke $p $b hello");
        String object = bench.run("object --json").replaceFirst("(?s).*\"object\":(\\d+),\"type\":\"DEVICE\".*", "$1");
        String details = bench.run("object " + object);
        assertTrue(details.contains("DEVICE") && details.contains("/dev/fb0") && details.contains("fictitious"), details);
        String pmap = bench.run("pmap $p $b");
        assertTrue(pmap.contains("PCD") && pmap.contains("PAT"), pmap);
        int first = Integer.parseInt(bench.run("object " + object + " --json").replaceFirst("(?s).*\"frame\":\"(\\d+)\".*", "$1"));
        String page = bench.run("page " + first);
        assertTrue(page.contains("fictitious unmanaged write-combining wired") && page.contains("rw"), page);
        assertTrue(bench.run("frames").contains("devices, fictitious"));
    }

    @Test
    void anAddressSpaceIsDrawn() throws Exception {
        Path file = folder.resolve("space.svg");
        bench.run("vmmap $p --svg " + file);
        String svg = Files.readString(file);
        assertTrue(svg.startsWith("<svg") && svg.contains("rw- 64K anonymous"), svg);
    }

    @Test
    void queuesOfTheActivePolicyAndSwap() throws Exception {
        assertTrue(bench.run("frames").contains("inactive"));
        bench.run("use pageout clock");
        String frames = bench.run("frames");
        assertTrue(frames.contains("circle") && frames.contains("swap, free"), frames);
        assertTrue(bench.run("vmstat").contains("daemon wakeups"));
    }
}
