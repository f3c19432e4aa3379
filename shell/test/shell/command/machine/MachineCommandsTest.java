// SPDX-License-Identifier: BSD-2-Clause
package shell.command.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import kernel.lwp.tck.ContextKit;
import kernel.vm.tck.PmapKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shell.command.Bench;

class MachineCommandsTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aTlbShowsWhatTheCpuHasUsed() throws Exception {
        bench.run("p = (spawn puppet)",
                "r = (sys $p mmap 0x10000000 4096 \"PROT_READ|PROT_WRITE\" \"MAP_ANON|MAP_PRIVATE|MAP_FIXED\" -1 0)",
                "poke $p 0x10000000 x");
        String tlb = bench.run("tlb 0");
        assertTrue(tlb.lines().anyMatch(line -> line.contains("0x10000000") && line.contains("4K")
                && line.contains("rw-")), tlb);
    }

    /** A block of 4 MiB has an aligned part that becomes a superpage once all its pages were written. */
    private void fillSuperpage() throws Exception {
        bench.run("p = (spawn puppet)", "r = (sys $p mmap 0x40000000 0x400000 \"PROT_READ|PROT_WRITE\""
                + " \"MAP_ANON|MAP_PRIVATE|MAP_FIXED\" -1 0)");
        for (int page = 0; page < 512; page++) {
            bench.run("poke $p " + (0x4000_0000L + page * 4096L) + " x");
        }
    }

    @Test
    void aSuperpageIsShownAsOneMappingAndCounted() throws Exception {
        bench.run("boot --check");
        fillSuperpage();
        String pmap = bench.run("pmap $p");
        assertTrue(pmap.lines().anyMatch(line -> line.contains("0x40000000") && line.contains("2M")), pmap);
        String walk = bench.run("pmap $p 0x40003000");
        assertTrue(walk.contains("promoted PS") || walk.contains("promoted PAT/PS"), walk);
        assertTrue(bench.run("tlb 0").lines().anyMatch(line -> line.contains("2048K")));
        String counters = bench.run("vmstat");
        assertTrue(counters.lines().anyMatch(line -> line.startsWith("promotions") && line.contains(" 1 ")), counters);
    }

    @Test
    void theTablesAreDrawn(@TempDir Path folder) throws Exception {
        fillSuperpage();
        Path file = folder.resolve("tables.svg");
        bench.run("pmap $p --svg " + file);
        String svg = Files.readString(file);
        assertTrue(svg.startsWith("<svg") && svg.contains("superpage, spare table") && svg.contains("PML4"), svg);
        String again = folder.resolve("again.svg").toString();
        bench.run("pmap $p --svg " + again);
        assertEquals(svg, Files.readString(Path.of(again)));
        assertThrows(RuntimeException.class, () -> bench.run("pmap $p --svg " + folder.resolve("no/such/file")));
    }

    @Test
    void theKitReportsEveryCheck() throws Exception {
        String report = bench.run("tck machine amd64");
        int checks = PmapKit.checks().size() + ContextKit.checks().size();
        assertEquals(checks, report.lines().filter(line -> line.startsWith("passed")).count(), report);
    }

    @Test
    void mistakesAreNamed() {
        for (String line : new String[] {"tlb 99", "tlb x", "tck machine vax", "tck sched vax", "tck lwp 1.84"}) {
            assertThrows(RuntimeException.class, () -> bench.run(line), line);
        }
    }
}
