// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static kernel.vm.call.MemorySymbols.MS_INVALIDATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import kernel.sched.errno.Errno;
import kernel.vm.fault.FaultSignal;
import kernel.vm.object.SignalPersonality;
import kernel.vm.page.VmCounter;
import kernel.vm.testing.MapChecks;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mapped files: what reaches the host, what stays private, what happens at the end of a file. */
class FileMappingTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final long TEXT = 0x0300_0000;
    private static final int RW = 3;
    private static final int RDWR = 2;

    @TempDir
    Path root;

    @BeforeEach
    void makeFile() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) (3 * P)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 3; i++) {
            bytes.putLong((int) (i * P), 100 + i);
        }
        Files.write(root.resolve("file"), bytes.array());
    }

    private interface Body {
        void run(TestKernel kernel, TestProcess process);
    }

    private void with(Body body) {
        try (TestKernel kernel = new TestKernel(16L << 20, root)) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", TEXT, P, RW, MAP_ANON | MAP_FIXED, -1, 0);
                body.run(kernel, process);
                MapChecks.check(kernel.vm);
                process.exit();
                assertEquals(0, kernel.pagesInUse(), "pages left");
                assertEquals(0, kernel.vm.context().objects().live(), "objects left");
            });
        }
    }

    private static int open(TestProcess process, String path, int flags) {
        return (int) process.ok("open", process.string(TEXT, path), flags, 0644);
    }

    private static void map(TestProcess process, int fd, long pages, int flags) {
        process.ok("mmap", A, pages * P, RW, flags | MAP_FIXED, fd, 0);
    }

    private long hostWord(String name, long position) {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(root.resolve(name))).order(ByteOrder.LITTLE_ENDIAN)
                    .getLong((int) position);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void msyncReachesTheHost() {
        with((kernel, process) -> {
            map(process, open(process, "/file", RDWR), 3, MAP_SHARED);
            assertEquals(101, process.peek(A + P));
            process.poke(A + P, 7);
            assertEquals(101, hostWord("file", P), "not before msync");
            process.ok("msync", A, 3 * P, 0);
            assertEquals(7, hostWord("file", P));
            process.poke(A + P, 8);
            process.ok("msync", A, 3 * P, 0);
            assertEquals(8, hostWord("file", P), "a write after a sync is seen again");
            assertEquals(2, kernel.vm.counters().get(VmCounter.PAGE_OUTS), "only what was changed is written");
        });
    }

    @Test
    void theLastUnmappingWritesWhatIsLeft() {
        with((kernel, process) -> {
            int fd = open(process, "/file", RDWR);
            map(process, fd, 1, MAP_SHARED);
            process.ok("close", fd);
            process.poke(A, 9);
            process.ok("munmap", A, P);
            assertEquals(9, hostWord("file", 0));
        });
    }

    @Test
    void privateChangesStayPrivate() {
        with((kernel, process) -> {
            map(process, open(process, "/file", 0), 3, MAP_PRIVATE);
            process.poke(A, 1);
            process.ok("msync", A, 3 * P, 0);
            assertEquals(100, hostWord("file", 0));
            assertEquals(1, process.peek(A));
            process.ok("munmap", A, 3 * P);
            map(process, 0, 1, MAP_PRIVATE);
            assertEquals(100, process.peek(A), "discarded by the unmapping");
        });
    }

    @Test
    void readAndWriteAgreeWithMappings() {
        with((kernel, process) -> {
            int fd = open(process, "/file", RDWR);
            map(process, fd, 3, MAP_SHARED);
            process.poke(A, 11);
            assertEquals(8, process.ok("read", fd, TEXT, 8));
            assertEquals(11, process.peek(TEXT));
            process.poke(TEXT, 12);
            assertEquals(0, process.ok("lseek", fd, 0, 0));
            assertEquals(8, process.ok("write", fd, TEXT, 8));
            assertEquals(12, process.peek(A));
            assertEquals(3 * P, process.ok("lseek", fd, 0, 2));
            assertEquals(0, process.ok("read", fd, TEXT, 8), "end of file");
            process.ok("write", fd, TEXT, 8);
            assertEquals(12, hostWord("file", 3 * P), "the file grew");
        });
    }

    @Test
    void theEndOfTheFile() {
        with((kernel, process) -> {
            int fd = open(process, "/file", RDWR);
            process.ok("ftruncate", fd, P + 100);
            map(process, fd, 3, MAP_SHARED);
            assertEquals(0, process.peek(A + P + 104), "zeros behind the end of the last page");
            process.poke(A + P + 104, 5);
            process.ok("msync", A, 2 * P, 0);
            assertEquals(P + 100, root.resolve("file").toFile().length(), "which are not written");
            assertEquals(-FaultSignal.SIGBUS, process.peek(A + 2 * P));
            assertEquals(FaultSignal.BUS_OBJERR, process.memory().faultCode());
            kernel.vm.context().signals(SignalPersonality.HEAD_2006);
            assertEquals(-FaultSignal.SIGSEGV, process.peek(A + 2 * P));
            assertEquals(FaultSignal.SEGV_ACCERR, process.memory().faultCode());
            kernel.vm.context().signals(SignalPersonality.MODERN);
            process.ok("ftruncate", fd, 3 * P);
            assertEquals(0, process.peek(A + 2 * P), "grown again");
            assertEquals(Errno.ENOMEM, shrinkAndLock(process, fd));
        });
    }

    private static int shrinkAndLock(TestProcess process, int fd) {
        process.ok("ftruncate", fd, P);
        return process.call("mlock", A, 3 * P);
    }

    @Test
    void cuttingAFileTakesItsPagesAway() {
        with((kernel, process) -> {
            int fd = open(process, "/file", RDWR);
            map(process, fd, 3, MAP_SHARED);
            process.poke(A + 8, 77);
            process.peek(A + 2 * P);
            process.ok("ftruncate", fd, 4);
            assertEquals(-FaultSignal.SIGBUS, process.peek(A + 2 * P));
            process.ok("ftruncate", fd, 3 * P);
            assertEquals(0, process.peek(A + 8), "what was cut off is zero");
            assertEquals(0, process.peek(A + 2 * P));
        });
    }

    @Test
    void lockedPagesOfACutFile() {
        with((kernel, process) -> {
            int fd = open(process, "/file", RDWR);
            map(process, fd, 3, MAP_SHARED);
            for (int i = 0; i < 100; i++) {
                process.ok("mlock", A, 3 * P);
                process.ok("ftruncate", fd, 0);
                process.ok("ftruncate", fd, 3 * P);
                assertEquals(0, process.peek(A), "zero after it grew again");
                process.ok("munlock", A, 3 * P);
            }
            assertEquals(kernel.vm.pages().tables(), kernel.vm.pages().wired(), "no wiring is lost");
        });
    }

    @Test
    void unlinkedFilesLiveOn() {
        with((kernel, process) -> {
            int fd = open(process, "/file", RDWR);
            map(process, fd, 1, MAP_SHARED);
            process.ok("unlink", process.string(TEXT, "/file"));
            assertFalse(Files.exists(root.resolve("file")));
            assertEquals(Errno.ENOENT, process.call("open", TEXT, 0, 0));
            process.poke(A, 3);
            assertEquals(8, process.ok("read", fd, TEXT, 8));
            assertEquals(3, process.peek(TEXT));
            open(process, "/file", RDWR | OpenFlags.CREATE);
            assertTrue(Files.exists(root.resolve("file")), "a new file under the old name");
        });
        assertEquals(0, root.resolve("file").toFile().length(), "which the old one's pages never reach");
    }

    @Test
    void memoryFiles() {
        with((kernel, process) -> {
            long name = process.string(TEXT, "box");
            assertEquals(Errno.ENOENT, process.call("shm_open", name, RDWR, 0));
            int fd = (int) process.ok("shm_open", name, RDWR | OpenFlags.CREATE, 0);
            assertEquals(Errno.EEXIST, process.call("shm_open", name, RDWR | 0xA00, 0));
            process.ok("ftruncate", fd, 2 * P);
            map(process, fd, 2, MAP_SHARED);
            process.poke(A + P, 21);
            process.ok("munmap", A, 2 * P);
            process.ok("close", fd);
            fd = (int) process.ok("shm_open", name, RDWR, 0);
            map(process, fd, 2, MAP_SHARED);
            assertEquals(21, process.peek(A + P), "kept while nobody used it");
            process.ok("msync", A, 2 * P, MS_INVALIDATE);
            assertEquals(21, process.peek(A + P), "and by an invalidation");
            process.ok("shm_unlink", name);
            assertEquals(Errno.ENOENT, process.call("shm_unlink", name));
        });
    }

    @Test
    void invalidatingKeepsWhatOthersWrote() {
        with((kernel, process) -> {
            int fd = open(process, "/file", RDWR);
            map(process, fd, 1, MAP_SHARED);
            TestProcess reader = process.fork();
            assertEquals(100, reader.peek(A));
            process.poke(A, 33);
            reader.ok("msync", A, P, MS_INVALIDATE);
            assertEquals(33, hostWord("file", 0));
            assertEquals(33, reader.peek(A));
            reader.exit();
        });
    }

    @Test
    void residentPagesAreMappedAhead() {
        with((kernel, process) -> {
            int fd = open(process, "/file", RDWR);
            map(process, fd, 3, MAP_SHARED);
            for (int i = 0; i < 3; i++) {
                process.peek(A + i * P);
            }
            process.ok("mmap", A + 8 * P, 3 * P, 1, MAP_SHARED | MAP_FIXED, fd, 0);
            long faults = kernel.vm.counters().get(VmCounter.FAULTS);
            assertEquals(101, process.peek(A + 9 * P));
            assertEquals(faults, kernel.vm.counters().get(VmCounter.FAULTS));
        });
    }

    @Test
    void memoryRunsShortOfFilePages() throws IOException {
        Files.write(root.resolve("big"), new byte[(int) (200 * P)]);
        try (TestKernel kernel = new TestKernel(100 * P, root)) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", TEXT, P, RW, MAP_ANON | MAP_FIXED, -1, 0);
                map(process, open(process, "/big", RDWR), 200, MAP_SHARED);
                for (int i = 0; i < 200; i++) {
                    assertEquals(0, process.poke(A + i * P, i));
                }
                for (int i = 0; i < 200; i++) {
                    assertEquals(i, process.peek(A + i * P), "reclaimed pages come back");
                }
                process.exit();
                assertEquals(0, kernel.pagesInUse());
            });
        }
        assertEquals(199, hostWord("big", 199 * P));
    }

    @Test
    void withoutMemoryAndSwapTheProcessIsKilled() {
        try (TestKernel kernel = new TestKernel(100 * P, root, 0)) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", A, 200 * P, RW, MAP_ANON | MAP_FIXED, -1, 0);
                int signal = 0;
                for (int i = 0; i < 200 && signal == 0; i++) {
                    signal = process.poke(A + i * P, i);
                }
                assertEquals(FaultSignal.SIGKILL, signal);
                process.exit();
                assertEquals(0, kernel.pagesInUse());
            });
        }
    }

    @Test
    void aRootThatIsNoneIsRefused() {
        Path missing = root.resolve("nowhere");
        var message = assertThrows(IllegalArgumentException.class, () -> new TestKernel(16L << 20, missing)).getMessage();
        assertTrue(message.contains("nowhere"), message);
    }
}
