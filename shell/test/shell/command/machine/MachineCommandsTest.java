// SPDX-License-Identifier: BSD-2-Clause
package shell.command.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.vm.tck.PmapKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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

    @Test
    void theKitReportsEveryCheck() throws Exception {
        String report = bench.run("tck machine amd64");
        assertEquals(PmapKit.checks().size(), report.lines().filter(line -> line.startsWith("passed")).count(), report);
    }

    @Test
    void mistakesAreNamed() {
        for (String line : new String[] {"tlb 99", "tlb x", "tck machine vax", "tck sched vax", "tck lwp 1.84"}) {
            assertThrows(RuntimeException.class, () -> bench.run(line), line);
        }
    }
}
