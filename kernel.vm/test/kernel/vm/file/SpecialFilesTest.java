// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kernel.sched.errno.Errno;
import kernel.vm.map.VmInherit;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not a plain file, file flags, and fstat. */
class SpecialFilesTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final long TEXT = 0x0300_0000;

    @TempDir
    Path root;

    private interface Body {
        void run(TestProcess process) throws IOException;
    }

    private void with(Body body) {
        try (TestKernel kernel = new TestKernel(16L << 20, root)) {
            Files.write(root.resolve("file"), new byte[5000]);
            Files.createDirectories(root.resolve("dir"));
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", TEXT, P, 3, MAP_ANON | MAP_FIXED, -1, 0);
                try {
                    body.run(process);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                process.exit();
                assertEquals(0, kernel.pagesInUse());
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long open(TestProcess process, String path, int flags) {
        return process.ok("open", process.string(TEXT, path), flags, 0);
    }

    private static int chflags(TestProcess process, int flags) {
        return process.call("chflags", process.string(TEXT, "/file"), flags);
    }

    @Test
    void mappingsOfTheZeroDeviceAreAnonymous() {
        with(process -> {
            long fd = open(process, "/dev/zero", 0);
            process.ok("mmap", A, P, 3, MAP_PRIVATE | MAP_FIXED, fd, P);
            process.poke(A, 7);
            assertEquals(7, process.peek(A));
            process.ok("mmap", A, P, 1, MAP_SHARED | MAP_FIXED, fd, 0);
            assertEquals(0, process.peek(A), "a new one is zeros");
            assertEquals(VmInherit.SHARE, process.entry(A).inheritance());
            assertEquals(7, process.entry(A).maxProtection(), "writing can be allowed later, unlike for a file");
            assertEquals(Errno.EACCES, process.call("mmap", A, P, 3, MAP_SHARED, fd, 0), "the open mode is looked at");
        });
    }

    @Test
    void theZeroDeviceReadsZerosAndForgetsWhatIsWritten() {
        with(process -> {
            long fd = open(process, "/dev/zero", 2);
            process.poke(TEXT, -1);
            assertEquals(8, process.ok("write", fd, TEXT, 8));
            assertEquals(8, process.ok("read", fd, TEXT, 8));
            assertEquals(0, process.peek(TEXT));
            assertEquals(0, process.ok("lseek", fd, 100, 0));
            assertEquals(Errno.EINVAL, process.call("ftruncate", fd, 0));
        });
    }

    @Test
    void aSocketIsRefusedByWhatNeedsAFile() {
        with(process -> {
            long fd = process.ok("socket", 1, 1, 0);
            assertEquals(Errno.ENODEV, process.call("mmap", 0, P, 1, MAP_PRIVATE, fd, 0));
            assertEquals(Errno.ENOTCONN, process.call("read", fd, TEXT, 1));
            assertEquals(Errno.ESPIPE, process.call("lseek", fd, 0, 0));
            assertEquals(Errno.EINVAL, process.call("ftruncate", fd, 0));
            assertEquals(Errno.EINVAL, process.call("fchflags", fd, 0));
            process.ok("close", fd);
        });
    }

    @ParameterizedTest
    @CsvSource({"0x2, 2, 1", "0x20000, 2, 1", "0x4, 2, 1", "0x4, 0xA, 0", "0x40000, 0xA, 0", "0x1, 2, 0", "0x2, 0, 0"})
    void flagsLimitHowAFileIsOpened(String flags, String mode, int errno) {
        with(process -> {
            assertEquals(0, chflags(process, Integer.decode(flags)));
            assertEquals(errno, process.call("open", process.string(TEXT, "/file"), Integer.decode(mode), 0));
        });
    }

    @Test
    void flagsOfAnOpenFileLimitItsMappings() {
        with(process -> {
            long fd = open(process, "/file", 2);
            process.ok("fchflags", fd, FileFlags.UF_IMMUTABLE);
            assertEquals(Errno.EPERM, process.call("mmap", A, P, 3, MAP_SHARED, fd, 0));
            process.ok("mmap", A, P, 1, MAP_SHARED | MAP_FIXED, fd, 0);
            assertEquals(Errno.EACCES, process.call("mprotect", A, P, 3));
            process.ok("fchflags", fd, 0);
            process.ok("mmap", A, P, 3, MAP_SHARED | MAP_FIXED, fd, 0);
        });
    }

    @Test
    void flagsOutliveTheLastUser() {
        with(process -> {
            process.ok("close", open(process, "/file", 2));
            assertEquals(0, chflags(process, FileFlags.UF_NOUNLINK));
            assertEquals(Errno.EPERM, process.call("unlink", process.string(TEXT, "/file")));
            assertEquals(0, chflags(process, 0));
            process.ok("unlink", process.string(TEXT, "/file"));
            assertEquals(Errno.ENOENT, chflags(process, 0));
        });
    }

    @Test
    void badFlags() {
        with(process -> {
            assertEquals(Errno.EPERM, chflags(process, FileFlags.SF_SNAPSHOT));
            assertEquals(Errno.EOPNOTSUPP, chflags(process, 0x40));
            assertEquals(Errno.EBADF, process.call("fchflags", 9, 0));
            assertEquals(Errno.EFAULT, process.call("chflags", 1, 0));
            process.root = false;
            assertEquals(Errno.EPERM, chflags(process, FileFlags.UF_IMMUTABLE));
        });
    }

    @Test
    void aFailedOpenLeavesNoChannel() {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "this host does not list open files");
        with(process -> {
            assertEquals(0, chflags(process, FileFlags.UF_IMMUTABLE));
            assertEquals(Errno.EPERM, process.call("open", process.string(TEXT, "/file"), 2, 0));
            assertFalse(isOpen(descriptors));
            open(process, "/file", 0);
            assertTrue(isOpen(descriptors));
        });
    }

    private boolean isOpen(Path descriptors) throws IOException {
        Path file = root.resolve("file").toRealPath();
        try (var links = Files.list(descriptors)) {
            return links.anyMatch(link -> pointsTo(link, file));
        }
    }

    private static boolean pointsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException e) {
            // It was closed meanwhile.
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"/file, 0100666, 5000, 10", "/dir, 040777, 0, 0", "/dev/zero, 020666, 0, 0"})
    void status(String path, String mode, long size, long blocks) {
        with(process -> {
            long fd = open(process, path, 0);
            process.ok("fstat", fd, TEXT);
            assertEquals(Integer.decode(mode), (int) process.peek(TEXT + 8) & 0xffff);
            assertEquals(size, process.peek(TEXT + 72));
            assertEquals(blocks, process.peek(TEXT + 80));
            assertEquals(P, process.peek(TEXT + 88) & 0xffff_ffffL);
            assertEquals(Errno.EFAULT, process.call("fstat", fd, 1));
            assertEquals(Errno.EBADF, process.call("fstat", fd + 1, TEXT));
        });
    }
}
