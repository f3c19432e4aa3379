// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.fault;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Random;
import kernel.vm.map.VmSpace;
import kernel.vm.testing.MapChecks;
import kernel.vm.testing.SharedProcess;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LWPs of one address space fault, map, lock and fork on several CPUs at once. */
class ManyCpusTest {
    private static final long P = 4096;
    private static final long COUNTER = 0x0200_0000;
    private static final long REGIONS = 0x0300_0000;
    private static final int LWPS = 6;
    private static final int STEPS = 60;
    private static final int PAGES = 8;

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "4, 1", "4, 2", "8, 3"})
    void nobodyLosesAnything(int cpus, long seed) {
        run(cpus, seed);
    }

    @Test
    void theSameSeedGivesTheSameLog() {
        assertEquals(run(4, 9), run(4, 9));
    }

    private static long run(int cpus, long seed) {
        try (SharedProcess process = new SharedProcess(cpus, seed)) {
            for (int i = 0; i < LWPS; i++) {
                int number = i;
                process.start(lwp -> work(process, lwp, number, seed));
            }
            process.engine.run(RunLimit.none());
            assertNull(process.engine.panic(), () -> "panic: " + process.engine.panic());
            assertEquals(0, process.alive(), "LWPs that are stuck");
            MapChecks.check(process.vm);
            VmSpace space = process.vmspace();
            long counter = space.pmap().extract(COUNTER);
            if (counter >= 0) {
                assertEquals(LWPS * STEPS, process.engine.memory().get64(counter));
            }
            space.free();
            assertEquals(process.vm.pages().frames() - 1, process.vm.pages().free().size());
            return process.engine.events().hash();
        }
    }

    private static void work(SharedProcess process, SharedProcess.Lwp lwp, int number, long seed) {
        Random random = new Random(seed * 100 + number);
        long mine = REGIONS + number * PAGES * 2 * P;
        if (number == 0) {
            lwp.call("mmap", COUNTER, P, 3, MAP_ANON | MAP_FIXED, -1, 0);
        }
        while (lwp.memory.load64(COUNTER) != 0) {
            lwp.boundary();
        }
        for (int step = 0; step < STEPS; step++) {
            step(process, lwp, random, mine, step);
            increment(lwp);
        }
    }

    private static void step(SharedProcess process, SharedProcess.Lwp lwp, Random random, long mine, int step) {
        assertEquals(0, lwp.call("mmap", mine, PAGES * P, 3, MAP_ANON | MAP_FIXED, -1, 0));
        for (int i = 0; i < PAGES; i++) {
            assertEquals(0, lwp.memory.store64(mine + i * P, step * 100L + i));
            lwp.boundary();
        }
        switch (random.nextInt(4)) {
            case 0 -> assertEquals(0, lwp.call("mlock", mine, 2 * P));
            case 1 -> assertEquals(0, lwp.call("mprotect", mine + P, P, 1));
            case 2 -> {
                VmSpace child = process.vm.spaces().fork(process.vmspace());
                child.free();
            }
            default -> assertEquals(0, lwp.call("madvise", mine, PAGES * P, 4));
        }
        for (int i = 0; i < PAGES; i++) {
            assertEquals(0, lwp.memory.load64(mine + i * P));
            assertEquals(step * 100L + i, lwp.memory.value());
            lwp.boundary();
        }
        assertEquals(0, lwp.call("munmap", mine, PAGES * P));
    }

    private static void increment(SharedProcess.Lwp lwp) {
        long seen;
        do {
            assertEquals(0, lwp.memory.load64(COUNTER));
            seen = lwp.memory.value();
            lwp.boundary();
            assertEquals(0, lwp.memory.cas64(COUNTER, seen, seen + 1));
        } while (lwp.memory.value() != seen);
    }
}
