// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BiConsumer;
import kernel.sched.errno.Errno;
import kernel.vm.call.MemorySymbols;
import kernel.vm.object.ObjectType;
import kernel.vm.page.FailurePoint;
import kernel.vm.page.VmCounter;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory files larger than memory: their pages go to the swap device and come back, for mappings and for read and write. */
class MemoryFilePagingTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final long TEXT = 0x0100_0000;
    private static final long PAGES = 1200;
    private static final int CREAT_RDWR = 0x202;

    private static void with(BiConsumer<TestKernel, TestProcess> body) {
        try (TestKernel kernel = new TestKernel(2L << 20, null)) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", TEXT, P, 3, MAP_ANON | MAP_FIXED, -1, 0);
                body.accept(kernel, process);
                process.call("shm_unlink", process.string(TEXT, "memory"));
                process.exit();
                assertEquals(0, kernel.pagesInUse());
                assertEquals(0, kernel.vm.context().objects().live());
                assertEquals(0, kernel.vm.context().objects().swap().space().inUse());
                assertEquals(0, kernel.vm.pages().wired());
            });
        }
    }

    private static long file(TestProcess process, long pages) {
        long fd = process.ok("shm_open", process.string(TEXT, "memory"), CREAT_RDWR, 0);
        process.ok("ftruncate", fd, pages * P);
        return fd;
    }

    /** Fills a file through a mapping, until most of it is on the swap device. */
    private static long filled(TestProcess process) {
        long fd = file(process, PAGES);
        process.ok("mmap", A, PAGES * P, 3, MAP_SHARED | MAP_FIXED, fd, 0);
        for (long i = 0; i < PAGES; i++) {
            assertEquals(0, process.poke(A + i * P, i + 1));
        }
        return fd;
    }

    private static boolean onSwap(TestKernel kernel, TestProcess process, long index) {
        return kernel.vm.pages().find(process.entry(A).object(), index) == null
                && kernel.vm.context().objects().swap().find(process.entry(A).object(), index) >= 0;
    }

    @Test
    void mappingsFindEverythingAgain() {
        with((kernel, process) -> {
            filled(process);
            assertEquals(ObjectType.SWAP, process.entry(A).object().type());
            assertTrue(process.entry(A).object().swapBlocks() > PAGES / 2, "most of it is on the swap device");
            assertTrue(kernel.vm.counters().get(VmCounter.PAGE_OUTS) > PAGES / 2);
            for (long i = 0; i < PAGES; i++) {
                assertEquals(i + 1, process.peek(A + i * P));
            }
            assertTrue(kernel.vm.counters().get(VmCounter.PAGE_INS) > PAGES / 2);
        });
    }

    @Test
    void readAndWriteFindEverythingAgain() {
        with((kernel, process) -> {
            long fd = file(process, 0);
            for (long i = 0; i < PAGES; i++) {
                process.poke(TEXT, i + 1);
                assertEquals(P, process.ok("write", fd, TEXT, P));
            }
            process.ok("lseek", fd, 0, 0);
            for (long i = 0; i < PAGES; i++) {
                assertEquals(P, process.ok("read", fd, TEXT, P));
                assertEquals(i + 1, process.peek(TEXT));
            }
            assertTrue(kernel.vm.counters().get(VmCounter.PAGE_OUTS) > PAGES / 2);
        });
    }

    @Test
    void aWriteIntoAPageOnSwapKeepsTheRestOfIt() {
        with((kernel, process) -> {
            long fd = filled(process);
            assertTrue(onSwap(kernel, process, 3));
            process.poke(TEXT, 99);
            process.ok("lseek", fd, 3 * P + 8, 0);
            process.ok("write", fd, TEXT, 8);
            assertEquals(-1, kernel.vm.context().objects().swap().find(process.entry(A).object(), 3), "no longer true");
            assertEquals(4, process.peek(A + 3 * P));
            assertEquals(99, process.peek(A + 3 * P + 8));
            kernel.vm.pageout().reclaimNow();
            assertEquals(99, process.peek(A + 3 * P + 8));
        });
    }

    @Test
    void theTailThatIsCutOffIsZeroAgain() {
        with((kernel, process) -> {
            long fd = filled(process);
            process.poke(A + 2 * P + 16, 55);
            for (long i = 100; i < PAGES; i++) {
                process.poke(A + i * P, 0);
            }
            assertTrue(onSwap(kernel, process, 2));
            process.ok("ftruncate", fd, 2 * P + 16);
            process.ok("ftruncate", fd, 4 * P);
            assertEquals(3, process.peek(A + 2 * P));
            assertEquals(0, process.peek(A + 2 * P + 16), "not what was there before");
            assertEquals(0, process.peek(A + 3 * P));
            assertEquals(10, process.poke(A + 4 * P, 1), "SIGBUS behind the end");
        });
    }

    @Test
    void privateMappingsCopyFromSwap() {
        with((kernel, process) -> {
            long fd = filled(process);
            long copy = process.ok("mmap", 0, PAGES * P, 3, MAP_PRIVATE, fd, 0);
            for (long i = 0; i < 50; i++) {
                process.poke(copy + i * P + 8, 7);
                assertEquals(i + 1, process.peek(copy + i * P));
            }
            assertEquals(0, process.peek(A + 8));
        });
    }

    @Test
    void itOutlivesItsMappingsAndDescriptorsOnSwap() {
        with((kernel, process) -> {
            process.ok("close", filled(process));
            process.ok("munmap", A, PAGES * P);
            long fd = process.ok("shm_open", process.string(TEXT, "memory"), 2, 0);
            process.ok("mmap", A, PAGES * P, 1, MAP_SHARED | MAP_FIXED, fd, 0);
            for (long i = 0; i < PAGES; i++) {
                assertEquals(i + 1, process.peek(A + i * P));
            }
            assertEquals(0, process.call("msync", A, PAGES * P, MemorySymbols.MS_SYNC));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "write", "ftruncate"})
    void aPageThatCannotBeReadIsAnError(String call) {
        with((kernel, process) -> {
            long fd = filled(process);
            assertTrue(onSwap(kernel, process, 3));
            process.ok("lseek", fd, 3 * P, 0);
            process.poke(TEXT, 1);
            kernel.vm.pages().failures(point -> point == FailurePoint.PAGE_IN);
            int error = call.equals("ftruncate") ? process.call(call, fd, 3 * P + 5) : process.call(call, fd, TEXT, 8);
            assertEquals(Errno.EIO, error);
            kernel.vm.pages().failures(point -> false);
            assertEquals(4, process.peek(A + 3 * P), "nothing was changed");
        });
    }

    @Test
    void withoutSwapAFullMemoryFileSaysSo() {
        try (TestKernel kernel = new TestKernel(2L << 20, null, 0)) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", TEXT, P, 3, MAP_ANON | MAP_FIXED, -1, 0);
                process.poke(TEXT, 1);
                long fd = file(process, 0);
                int error = 0;
                for (long i = 0; i < PAGES && error == 0; i++) {
                    error = process.call("write", fd, TEXT, P);
                }
                assertEquals(Errno.ENOSPC, error);
                process.ok("ftruncate", fd, 0);
                assertEquals(P, process.ok("write", fd, TEXT, P), "and takes bytes again when some are gone");
                process.ok("shm_unlink", process.string(TEXT, "memory"));
                process.exit();
                assertEquals(0, kernel.pagesInUse());
            });
        }
    }
}
