// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BiConsumer;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;

/** How pages are taken from a process that has more in memory than it may. */
class ResidentTrimTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final int PAGES = 100;
    private static final int ROUNDS = 10;

    private static void with(BiConsumer<TestKernel, TestProcess> body) {
        try (TestKernel kernel = new TestKernel()) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", A, PAGES * P, 3, MAP_ANON | MAP_PRIVATE | MAP_FIXED, -1, 0);
                for (long i = 0; i < PAGES; i++) {
                    process.poke(A + i * P, i + 1);
                }
                body.accept(kernel, process);
                process.exit();
                assertEquals(0, kernel.pagesInUse());
            });
        }
    }

    private static int trimmed(TestKernel kernel, TestProcess process, long most) {
        ResidentTrim trim = new ResidentTrim(kernel.vm.context(), kernel.vm.pageout().port());
        trim.trim(process.vmspace(), most);
        assertTrue(trim.takeLooks() <= 4 * PAGES);
        assertEquals(0, trim.takeLooks());
        return process.vmspace().pmap().residentCount();
    }

    @Test
    void pagesInUseAgeFirst() {
        with((kernel, process) -> {
            int rounds = 0;
            while (trimmed(kernel, process, 30) > 30) {
                rounds++;
            }
            assertTrue(rounds >= 2, "not at once: " + rounds);
            assertEquals(30, process.vmspace().pmap().residentCount(), "and no further");
            for (long i = 0; i < PAGES; i++) {
                assertEquals(i + 1, process.peek(A + i * P));
            }
        });
    }

    @Test
    void whatIsUsedAgainAndAgainStays() {
        with((kernel, process) -> {
            for (int round = 0; round < ROUNDS; round++) {
                for (long i = 0; i < 20; i++) {
                    process.peek(A + i * P);
                }
                trimmed(kernel, process, 0);
            }
            assertEquals(20, process.vmspace().pmap().residentCount());
        });
    }

    @Test
    void whatIsNotNeededGoesAtOnce() {
        with((kernel, process) -> {
            process.ok("madvise", A, 60 * P, 4);
            assertEquals(PAGES - 60, trimmed(kernel, process, 0));
        });
    }

    @Test
    void lockedPagesStay() {
        with((kernel, process) -> {
            process.ok("mlock", A, 5 * P);
            ResidentTrim trim = new ResidentTrim(kernel.vm.context(), kernel.vm.pageout().port());
            process.ok("madvise", A, PAGES * P, 4);
            trim.empty(process.vmspace());
            assertEquals(5, process.vmspace().pmap().residentCount());
            process.ok("munlock", A, 5 * P);
            trim.empty(process.vmspace());
            assertEquals(0, process.vmspace().pmap().residentCount(), "though they were used");
            assertEquals(1, process.peek(A));
        });
    }

    @Test
    void whatSeveralProcessesHaveInFrontOfStays() {
        with((kernel, process) -> {
            TestProcess first = process.fork();
            TestProcess second = process.fork();
            first.poke(A, 9);
            second.poke(A, 9);
            for (long i = 1; i < PAGES; i++) {
                first.peek(A + i * P);
            }
            for (int round = 0; round < ROUNDS; round++) {
                trimmed(kernel, first, 0);
            }
            assertEquals(PAGES - 1, first.vmspace().pmap().residentCount(), "all but its own copy");
            first.exit();
            second.exit();
        });
    }

    @Test
    void memoryOfDevicesStays() {
        with((kernel, process) -> {
            process.ok("madvise", A, PAGES * P, 4);
            long fd = process.ok("open", process.string(A + PAGES * P - P, "/dev/fb0"), 2, 0);
            process.ok("madvise", A, PAGES * P, 4);
            process.ok("mmap", A + 2 * PAGES * P, P, 3, MAP_SHARED | MAP_FIXED, fd, 0);
            process.poke(A + 2 * PAGES * P, 7);
            assertEquals(1, trimmed(kernel, process, 0));
        });
    }
}
