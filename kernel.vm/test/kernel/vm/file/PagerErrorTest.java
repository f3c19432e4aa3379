// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static kernel.vm.call.MemorySymbols.MS_SYNC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kernel.sched.errno.Errno;
import kernel.vm.object.SignalPersonality;
import kernel.vm.page.FailurePoint;
import kernel.vm.page.VmCounter;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operation of every pager that fails: the signal by personality, the errno of calls, and that nothing is lost. */
class PagerErrorTest {
    private static final long P = 4096;
    private static final long A = 0x0400_0000;
    private static final long TEXT = 0x0100_0000;
    private static final long PAGES = 1200;
    private static final int RW = 3;

    @TempDir
    Path root;

    private interface Body {
        void run(TestKernel kernel, TestProcess process);
    }

    private void with(Body body) {
        try (TestKernel kernel = new TestKernel(2L << 20, root)) {
            byte[] words = new byte[(int) P];
            words[0] = 7;
            Files.write(root.resolve("file"), words);
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", TEXT, P, RW, MAP_ANON | MAP_FIXED, -1, 0);
                process.poke(TEXT, 1);
                body.run(kernel, process);
                kernel.vm.pages().failures(point -> false);
                process.call("shm_unlink", process.string(TEXT, "memory"));
                process.exit();
                assertEquals(0, kernel.pagesInUse());
                assertEquals(0, kernel.vm.context().objects().swap().space().inUse());
                assertEquals(0, kernel.vm.pages().wired());
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Maps at {@link #A} what has the page somewhere else than in memory. */
    private static void map(TestKernel kernel, TestProcess process, String kind) {
        switch (kind) {
            case "file" -> process.ok("mmap", A, P, RW, MAP_SHARED | MAP_FIXED,
                    process.ok("open", process.string(TEXT, "/file"), 2, 0), 0);
            case "copy" -> process.ok("mmap", A, P, RW, MAP_PRIVATE | MAP_FIXED,
                    process.ok("open", process.string(TEXT, "/file"), 2, 0), 0);
            case "device" -> process.ok("mmap", A, P, RW, MAP_SHARED | MAP_FIXED,
                    process.ok("open", process.string(TEXT, "/dev/fb0"), 2, 0), 0);
            case "anonymous" -> {
                process.ok("mmap", A, PAGES * P, RW, MAP_ANON | MAP_PRIVATE | MAP_FIXED, -1, 0);
                pageOut(process);
            }
            default -> {
                kernel.vm.context().tunables().physicalSharedMemory(kind.equals("physical"));
                long fd = process.ok("shm_open", process.string(TEXT, "memory"), 0x202, 0);
                process.ok("ftruncate", fd, PAGES * P);
                process.ok("mmap", A, PAGES * P, RW, MAP_SHARED | MAP_FIXED, fd, 0);
                if (kind.equals("memory")) {
                    pageOut(process);
                }
            }
        }
    }

    private static void pageOut(TestProcess process) {
        for (long i = 0; i < PAGES; i++) {
            assertEquals(0, process.poke(A + i * P, 7));
        }
    }

    /** Signal and code by personality: i386 of 2006, FreeBSD 6, modern. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"file, 11/1, 11/1, 10/3", "copy, 11/1, 11/1, 10/3", "anonymous, 11/1, 11/1, 10/3",
        "memory, 11/1, 11/1, 10/3", "device, 11/1, 11/1, 10/3", "physical, 11/1, 11/1, 10/3"})
    void aPageThatCannotBeRead(String kind, String head, String six, String modern) {
        with((kernel, process) -> {
            map(kernel, process, kind);
            String[] expected = {head, six, modern};
            kernel.vm.pages().failures(point -> point == FailurePoint.PAGE_IN);
            for (SignalPersonality personality : SignalPersonality.values()) {
                kernel.vm.context().signals(personality);
                long errors = kernel.vm.counters().get(VmCounter.PAGER_ERRORS);
                int signal = process.poke(A, 1);
                assertEquals(expected[personality.ordinal()], signal + "/" + process.memory().faultCode());
                assertEquals(A, process.memory().faultAddress());
                assertEquals(errors + 1, kernel.vm.counters().get(VmCounter.PAGER_ERRORS));
            }
            assertEquals(Errno.EFAULT, process.call("open", A, 0, 0), "calls see it as a bad address");
            kernel.vm.pages().failures(point -> false);
            assertEquals(0, process.poke(A, 7), "the next time it goes well");
            assertEquals(7, process.peek(A));
        });
    }

    /** Behind the end of a file is another matter, whatever the store says. */
    @ParameterizedTest
    @CsvSource({"HEAD_2006, 11/2", "FREEBSD_6, 10/3", "MODERN, 10/3"})
    void behindTheEnd(SignalPersonality personality, String expected) {
        with((kernel, process) -> {
            process.ok("mmap", A, 2 * P, RW, MAP_SHARED | MAP_FIXED,
                    process.ok("open", process.string(TEXT, "/file"), 2, 0), 0);
            kernel.vm.pages().failures(point -> point == FailurePoint.PAGE_IN);
            kernel.vm.context().signals(personality);
            assertEquals(expected, process.poke(A + P, 1) + "/" + process.memory().faultCode());
        });
    }

    @ParameterizedTest
    @CsvSource({"PAGE_OUT", "SWAP_SPACE"})
    void anonymousPagesThatCannotBeWrittenStay(FailurePoint broken) {
        with((kernel, process) -> {
            kernel.vm.pages().failures(point -> point == broken);
            process.ok("mmap", A, 200 * P, RW, MAP_ANON | MAP_PRIVATE | MAP_FIXED, -1, 0);
            for (long i = 0; i < 200; i++) {
                assertEquals(0, process.poke(A + i * P, i + 1));
            }
            kernel.vm.pageout().reclaimNow();
            kernel.vm.pages().failures(point -> false);
            for (long i = 0; i < 200; i++) {
                assertEquals(i + 1, process.peek(A + i * P));
            }
        });
    }

    @Test
    void aFilePageThatCannotBeWrittenIsAnErrorAndIsWrittenLater() {
        with((kernel, process) -> {
            map(kernel, process, "file");
            process.poke(A, 99);
            kernel.vm.pages().failures(point -> point == FailurePoint.PAGE_OUT);
            assertEquals(Errno.EIO, process.call("msync", A, P, MS_SYNC));
            assertEquals(7, firstByte());
            kernel.vm.pages().failures(point -> false);
            process.ok("msync", A, P, MS_SYNC);
            assertEquals(99, firstByte());
        });
    }

    private int firstByte() {
        try {
            return Files.readAllBytes(root.resolve("file"))[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Neighbours that are read along and fail concern nobody. */
    @Test
    void aFailedNeighbourIsReadWhenItIsNeeded() {
        with((kernel, process) -> {
            map(kernel, process, "anonymous");
            int[] asked = new int[1];
            kernel.vm.pages().failures(point -> point == FailurePoint.PAGE_IN && ++asked[0] % 2 == 0);
            long signals = 0;
            for (long i = 0; i < 64; i++) {
                signals += process.peek(A + i * P) < 0 ? 1 : 0;
            }
            kernel.vm.pages().failures(point -> false);
            assertTrue(asked[0] > 0);
            for (long i = 0; i < 64; i++) {
                assertEquals(7, process.peek(A + i * P));
            }
            assertTrue(signals < 64);
        });
    }
}
