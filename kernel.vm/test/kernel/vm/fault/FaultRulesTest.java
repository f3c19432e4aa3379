// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.fault;

import static kernel.vm.call.MemorySymbols.MADV_RANDOM;
import static kernel.vm.call.MemorySymbols.MADV_SEQUENTIAL;
import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import kernel.vm.object.SignalPersonality;
import kernel.vm.object.VmObject;
import kernel.vm.page.VmCounter;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.KernResult;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a fault brings in beside its page, what it maps ahead, and which signal it becomes. */
class FaultRulesTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final long TEXT = 0x0300_0000;
    private static final int PAGES = 100;

    @TempDir
    Path root;

    private interface Body {
        void run(TestKernel kernel, TestProcess process);
    }

    /** A file of 100 pages, mapped at A. */
    private void with(Body body) throws IOException {
        Files.write(root.resolve("file"), new byte[(int) (PAGES * P)]);
        try (TestKernel kernel = new TestKernel(16L << 20, root)) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", TEXT, P, 3, MAP_ANON | MAP_FIXED, -1, 0);
                map(process, A, PAGES);
                body.run(kernel, process);
                process.exit();
            });
        }
    }

    private static void map(TestProcess process, long address, long pages) {
        long fd = process.ok("open", process.string(TEXT, "/file"), 2, 0);
        process.ok("mmap", address, pages * P, 3, MAP_FIXED | MAP_SHARED, fd, 0);
        process.ok("close", fd);
    }

    private static String resident(TestKernel kernel, TestProcess process) {
        VmObject object = process.entry(A).object();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < PAGES; i++) {
            boolean here = kernel.vm.pages().find(object, i) != null;
            boolean before = i > 0 && kernel.vm.pages().find(object, i - 1) != null;
            text.append(here && !before ? i + "-" : !here && before ? i - 1 + " " : "");
        }
        return text.toString().strip();
    }

    @Test
    void sevenBehindAndEightAheadAreReadAlong() throws IOException {
        with((kernel, process) -> {
            process.peek(A + 20 * P);
            assertEquals("13-28", resident(kernel, process));
            assertEquals(15, kernel.vm.counters().get(VmCounter.READ_AHEADS));
            assertEquals(1, kernel.vm.counters().get(VmCounter.PAGE_IN_FAULTS));
        });
    }

    @Test
    void theWindowEndsWithTheEntry() throws IOException {
        with((kernel, process) -> {
            process.ok("munmap", A, 18 * P);
            process.ok("munmap", A + 22 * P, 78 * P);
            process.peek(A + 20 * P);
            VmObject object = process.entry(A + 20 * P).object();
            assertNull(kernel.vm.pages().find(object, 17));
            assertNotNull(kernel.vm.pages().find(object, 18));
            assertNotNull(kernel.vm.pages().find(object, 21));
            assertNull(kernel.vm.pages().find(object, 22));
        });
    }

    @Test
    void whoReadsOnGetsAllAheadAndGivesUpWhatIsBehind() throws IOException {
        with((kernel, process) -> {
            process.peek(A + 20 * P);
            process.peek(A + 29 * P);
            assertEquals("13-44", resident(kernel, process));
            assertEquals(16, kernel.vm.counters().get(VmCounter.DROP_BEHINDS));
            VmPage dropped = kernel.vm.pages().find(process.entry(A).object(), 20);
            assertEquals(true, kernel.vm.pages().cached(dropped), "clean, so it may go without notice");
            assertEquals(0, dropped.pvCount());
        });
    }

    @Test
    void adviceDecides() throws IOException {
        with((kernel, process) -> {
            process.ok("madvise", A, PAGES * P, MADV_RANDOM);
            process.peek(A + 20 * P);
            assertEquals("20-20", resident(kernel, process));
            process.ok("madvise", A, PAGES * P, MADV_SEQUENTIAL);
            process.peek(A + 60 * P);
            assertEquals("20-20 60-75", resident(kernel, process));
        });
    }

    @Test
    void fourNeighboursOnEachSideAreMapped() throws IOException {
        with((kernel, process) -> {
            process.peek(A + 20 * P);
            assertEquals(8, kernel.vm.counters().get(VmCounter.PREFAULTS));
            long faults = kernel.vm.counters().get(VmCounter.FAULTS);
            process.peek(A + 16 * P);
            process.peek(A + 24 * P);
            assertEquals(faults, kernel.vm.counters().get(VmCounter.FAULTS));
            process.peek(A + 25 * P);
            assertEquals(faults + 1, kernel.vm.counters().get(VmCounter.FAULTS));
            assertEquals(1, kernel.vm.counters().get(VmCounter.PAGE_IN_FAULTS), "it was there");
        });
    }

    /** Below before above, the nearest first: 19, 21, 18, and 22 is not there. */
    @Test
    void mappingAheadEndsAtTheFirstPageThatIsNotThere() throws IOException {
        with((kernel, process) -> {
            process.ok("madvise", A, PAGES * P, MADV_RANDOM);
            TestProcess other = process.fork();
            for (int page : new int[] {17, 18, 19, 20, 21}) {
                other.peek(A + page * P);
            }
            long before = kernel.vm.counters().get(VmCounter.PREFAULTS);
            process.peek(A + 20 * P);
            assertEquals(before + 3, kernel.vm.counters().get(VmCounter.PREFAULTS));
            other.exit();
        });
    }

    @Test
    void aNewMappingShowsWhatIsThereUnlessThatIsMuch() throws IOException {
        with((kernel, process) -> {
            for (int i = 0; i < PAGES; i++) {
                process.poke(A + i * P, 1);
            }
            int mapped = process.vmspace().pmap().residentCount();
            map(process, 2 * A, PAGES);
            assertEquals(mapped, process.vmspace().pmap().residentCount(), "more than 96 of more than 96");
            map(process, 3 * A, 96);
            assertEquals(mapped + 96, process.vmspace().pmap().residentCount());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_ADDRESS, HEAD_2006, 11, 1", "PROTECTION_FAILURE, HEAD_2006, 11, 2", "OUT_OF_BOUNDS, HEAD_2006, 11, 2",
        "FAILURE, HEAD_2006, 11, 1", "INVALID_ADDRESS, FREEBSD_6, 11, 1", "PROTECTION_FAILURE, FREEBSD_6, 10, 2",
        "OUT_OF_BOUNDS, FREEBSD_6, 10, 3", "FAILURE, FREEBSD_6, 11, 1", "INVALID_ADDRESS, MODERN, 11, 1",
        "PROTECTION_FAILURE, MODERN, 11, 2", "OUT_OF_BOUNDS, MODERN, 10, 3"})
    void signals(String cause, SignalPersonality personality, int signal, int code) {
        int result = Stream.iterate(0, i -> i + 1).limit(64).filter(i -> KernResult.name(i).equals(cause)).findFirst()
                .orElseThrow();
        assertEquals(signal, FaultSignal.signal(result, personality));
        assertEquals(code, FaultSignal.code(result, personality));
    }
}
