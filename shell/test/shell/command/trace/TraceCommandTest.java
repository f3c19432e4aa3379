// SPDX-License-Identifier: BSD-2-Clause
package shell.command.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shell.command.Bench;

class TraceCommandTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void savesWhatHappenedBetweenOnAndOff(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("trace.json");
        bench.run("p = (spawn puppet)", "trace on", "sys $p _lwp_self", "trace off");
        assertTrue(bench.run("trace save " + file).contains(file.toString()));
        String first = Files.readString(file);
        assertTrue(first.contains("\"ph\":\"X\"") && first.contains("\"name\":\"1.1\""), first);
        bench.run("sys $p _lwp_self", "trace save " + file);
        assertEquals(first, Files.readString(file), "off adds nothing any more");
    }

    @Test
    void badUseIsTold(@TempDir Path folder) {
        for (String line : new String[] {"trace", "trace maybe", "trace save", "trace on x",
            "trace save " + folder.resolve("x"), "trace on --format x y"}) {
            assertThrows(RuntimeException.class, () -> bench.run(line), line);
        }
    }

    @Test
    void systemCallsOfAProcessArePrintedAsTheyReturn() throws Exception {
        bench.run("p = (spawn puppet)", "sys $p _lwp_self", "ktrace $p");
        String lines = bench.run("sys $p mmap 0 4096 PROT_READ,PROT_WRITE MAP_ANON -1 0", "sys $p _lwp_detach 99");
        assertTrue(lines.contains(" 1.1 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_ANON, -1, 0) = 0x8"), lines);
        assertTrue(lines.contains(" 1.1 _lwp_detach(99) = -1 ESRCH\n"), lines);
        bench.run("ktrace $p --off");
        assertFalse(bench.run("sys $p _lwp_self").contains("\n"));
    }
}
