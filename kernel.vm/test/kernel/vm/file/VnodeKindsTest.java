// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kernel.sched.errno.Errno;
import kernel.vm.map.EntryFlags;
import kernel.vm.map.VmInherit;
import kernel.vm.object.VmProfile;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of descriptor that mmap refuses or takes, how the root is mounted, and what mmap makes of it. */
class VnodeKindsTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final long TEXT = 0x0300_0000;
    private static final int RDWR = 2;
    private static final int CREAT = 0x200;

    @TempDir
    Path root;

    private interface Body {
        void run(TestKernel kernel, TestProcess process);
    }

    private void with(Body body) {
        try (TestKernel kernel = new TestKernel(16L << 20, root)) {
            Files.write(root.resolve("file"), new byte[5000]);
            Files.createDirectories(root.resolve("dir"));
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", TEXT, P, 3, MAP_ANON | MAP_FIXED, -1, 0);
                body.run(kernel, process);
                process.exit();
            });
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int openError(TestProcess process, String path, int flags) {
        return process.call("open", process.string(TEXT, path), flags, 0);
    }

    private static long open(TestProcess process, String kind, int mode) {
        return switch (kind) {
            case "socket" -> process.ok("socket", 1, 1, 0);
            case "pipe" -> {
                process.ok("pipe2", TEXT, 0);
                yield mode == RDWR ? process.peek(TEXT) >>> 32 : process.peek(TEXT) & 0xffff_ffffL;
            }
            case "fifo" -> {
                process.ok("mkfifo", process.string(TEXT, "/fifo"), 0);
                yield process.ok("open", process.string(TEXT, "/fifo"), mode, 0);
            }
            default -> process.ok("open", process.string(TEXT, kind), mode, 0);
        };
    }

    /** Flags: S shared, P private, N neither. Errno 19 is ENODEV, 22 EINVAL, 13 EACCES. */
    @ParameterizedTest(name = "{0} opened {1}: prot {2}, {3}")
    @CsvSource({
        "socket, 2, 1, P, 19", "socket, 2, 3, S, 19", "pipe, 0, 1, P, 19", "pipe, 2, 1, S, 19",
        "fifo, 2, 1, P, 22", "fifo, 2, 3, S, 22", "fifo, 0, 3, S, 13", "fifo, 1, 1, P, 13",
        "/dir, 0, 1, P, 22", "/dir, 0, 1, S, 22", "/dir, 0, 3, S, 13", "/dir, 0, 3, P, 22",
        "/dev/zero, 2, 3, P, 0", "/dev/zero, 2, 3, S, 0", "/dev/zero, 2, 3, N, 0", "/dev/zero, 0, 3, P, 0",
        "/dev/zero, 0, 3, S, 13", "/dev/zero, 1, 1, P, 13",
        "/dev/fb0, 2, 3, S, 0", "/dev/fb0, 2, 3, N, 0", "/dev/fb0, 2, 1, P, 22", "/dev/fb0, 2, 3, P, 22",
        "/dev/fb0, 0, 3, P, 13", "/dev/fb0, 0, 2, N, 13", "/dev/fb0, 0, 3, S, 13", "/dev/fb0, 0, 1, S, 0",
        "/dev/fb0, 0, 1, N, 0", "/dev/fb0, 1, 1, S, 13",
        "/file, 2, 3, S, 0", "/file, 2, 3, P, 0", "/file, 2, 3, N, 0"})
    void kinds(String kind, int mode, int prot, String sharing, int errno) {
        with((kernel, process) -> {
            int flags = sharing.equals("S") ? MAP_SHARED : sharing.equals("P") ? MAP_PRIVATE : 0;
            assertEquals(errno, process.call("mmap", 0, P, prot, flags, open(process, kind, mode), 0));
        });
    }

    @Test
    void mappingsOfTheFrameBufferShowItsMemory() {
        with((kernel, process) -> {
            long fd = open(process, "/dev/fb0", RDWR);
            process.ok("mmap", A, 2 * P, 3, MAP_FIXED, fd, 0);
            assertEquals(VmInherit.SHARE, process.entry(A).inheritance(), "shared, though nobody asked for it");
            assertFalse(process.entry(A).has(EntryFlags.COW));
            process.poke(A + P, 7);
            TestProcess child = process.fork();
            child.poke(A + P + 8, 8);
            assertEquals(8, process.peek(A + P + 8));
            child.exit();
            long other = open(process, "/dev/fb0", 0);
            process.ok("mmap", A + 8 * P, P, 1, MAP_SHARED | MAP_FIXED, other, P);
            assertEquals(7, process.peek(A + 8 * P));
            assertEquals(Errno.EACCES, process.call("mprotect", A + 8 * P, P, 3));
            process.ok("munmap", A, 2 * P);
            process.ok("munmap", A + 8 * P, P);
            process.ok("mmap", A, P, 1, MAP_SHARED | MAP_FIXED, other, P);
            assertEquals(7, process.peek(A), "it keeps what was drawn");
            assertEquals(8, process.ok("read", fd, TEXT, 8), "and can be read and written as a file");
            assertEquals(P, process.ok("lseek", other, P, 0));
            assertEquals(8, process.ok("read", other, TEXT, 8));
            assertEquals(7, process.peek(TEXT));
        });
    }

    @Test
    void theDriverHasNoPagesBehindItsMemory() {
        with((kernel, process) -> {
            long fd = open(process, "/dev/fb0", RDWR);
            long pages = FrameBuffer.BYTES / P;
            process.ok("mmap", 0, pages * P, 3, MAP_SHARED, fd, 0);
            assertEquals(Errno.EINVAL, process.call("mmap", 0, (pages + 1) * P, 3, MAP_SHARED, fd, 0));
            assertEquals(Errno.EINVAL, process.call("mmap", 0, P, 3, MAP_SHARED, fd, pages * P));
            assertEquals(Errno.EINVAL, process.call("mmap", 0, P, 3, MAP_SHARED, fd, -P));
            kernel.vm.context().profile(VmProfile.modern());
            assertEquals(Errno.EINVAL, process.call("mmap", 0, P, 3, MAP_SHARED, fd, -P), "the driver's word here too");
            assertEquals(0, process.ok("write", fd, TEXT, 0));
            process.ok("lseek", fd, FrameBuffer.BYTES - 4, 0);
            assertEquals(4, process.ok("write", fd, TEXT, 8), "no more than fits");
        });
    }

    @Test
    void bytesGoThroughPipesAndFifos() {
        with((kernel, process) -> {
            process.ok("pipe2", TEXT, 0);
            long from = process.peek(TEXT) & 0xffff_ffffL;
            long to = process.peek(TEXT) >>> 32;
            assertEquals(Errno.EAGAIN, process.call("read", from, TEXT, 8), "empty, but somebody may write");
            process.poke(TEXT, 42);
            assertEquals(8, process.ok("write", to, TEXT, 8));
            assertEquals(Errno.EFAULT, process.call("read", from, 1, 8));
            process.poke(TEXT, 0);
            assertEquals(8, process.ok("read", from, TEXT, 100), "kept after a failed read");
            assertEquals(42, process.peek(TEXT));
            assertEquals(Errno.EBADF, process.call("read", to, TEXT, 8));
            process.ok("close", to);
            assertEquals(0, process.ok("read", from, TEXT, 8), "the end");
            assertEquals(Errno.ESPIPE, process.call("lseek", from, 0, 0));
            assertEquals(Errno.EINVAL, process.call("ftruncate", from, 0));
            assertEquals(Errno.EINVAL, process.call("pipe2", TEXT, 8));
            assertEquals(Errno.EFAULT, process.call("pipe2", 1, 0));
            process.ok("pipe2", TEXT, 0);
            process.ok("close", process.peek(TEXT) & 0xffff_ffffL);
            assertEquals(Errno.EPIPE, process.call("write", process.peek(TEXT) >>> 32, TEXT, 8), "nobody reads");
        });
    }

    @Test
    void fifosHaveNames() {
        with((kernel, process) -> {
            long fd = open(process, "fifo", RDWR);
            assertEquals(Errno.EEXIST, process.call("mkfifo", process.string(TEXT, "/fifo"), 0));
            assertEquals(Errno.EEXIST, process.call("mkfifo", process.string(TEXT, "/file"), 0));
            assertEquals(8, process.ok("write", fd, TEXT, 8));
            long other = process.ok("open", process.string(TEXT, "/fifo"), 0, 0);
            assertEquals(8, process.ok("read", other, TEXT, 8));
            process.ok("fstat", fd, TEXT);
            assertEquals(010666, process.peek(TEXT + 8) & 0xffff);
            process.ok("unlink", process.string(TEXT, "/fifo"));
            assertEquals(Errno.ENOENT, openError(process, "/fifo", 0));
            assertEquals(8, process.ok("write", fd, TEXT, 8), "it lives on while it is open");
        });
    }

    @Test
    void noExecution() {
        with((kernel, process) -> {
            long fd = open(process, "/file", RDWR);
            assertEquals(0, kernel.vm.files().mount(MountFlags.NO_EXEC));
            process.ok("mmap", A, P, 5, MAP_PRIVATE | MAP_FIXED, fd, 0);
            assertEquals(Errno.EACCES, process.call("mprotect", A, P, 5), "granted by mmap, but not by mprotect");
            long memory = process.ok("shm_open", process.string(TEXT, "name"), CREAT | RDWR, 0);
            process.ok("mmap", A + P, P, 5, MAP_SHARED | MAP_FIXED, memory, 0);
            assertEquals(0, process.call("mprotect", A + P, P, 5), "memory files are elsewhere");
            kernel.vm.context().profile(VmProfile.modern());
            assertEquals(Errno.EACCES, process.call("mmap", 0, P, 5, MAP_PRIVATE, fd, 0));
            assertEquals(0, kernel.vm.files().mount(MountFlags.NO_SUID | MountFlags.SYNCHRONOUS));
            assertEquals(0, process.call("mmap", 0, P, 5, MAP_PRIVATE, fd, 0), "the mount is looked at each time");
        });
    }

    @Test
    void readOnly() {
        with((kernel, process) -> {
            long fd = open(process, "/file", RDWR);
            assertEquals(Errno.EBUSY, kernel.vm.files().mount(MountFlags.READ_ONLY), "a file is open for writing");
            process.ok("close", fd);
            assertEquals(0, kernel.vm.files().mount(MountFlags.READ_ONLY));
            assertEquals(Errno.EROFS, openError(process, "/file", RDWR));
            assertEquals(Errno.EROFS, openError(process, "/new", CREAT));
            assertEquals(Errno.EROFS, process.call("unlink", process.string(TEXT, "/file")));
            assertEquals(Errno.EROFS, process.call("mkfifo", process.string(TEXT, "/fifo"), 0));
            assertEquals(Errno.EROFS, process.call("chflags", process.string(TEXT, "/file"), 2));
            long readable = open(process, "/file", 0);
            assertEquals(Errno.EACCES, process.call("mmap", 0, P, 3, MAP_SHARED, readable, 0));
            assertEquals(0, process.call("mmap", A, P, 3, MAP_PRIVATE | MAP_FIXED, readable, 0));
            assertEquals(0, process.poke(A, 1));
            assertTrue(process.ok("shm_open", process.string(TEXT, "name"), CREAT | RDWR, 0) > 0);
        });
    }

    @Test
    void mountOptionsHaveNames() {
        assertEquals(MountFlags.READ_ONLY | MountFlags.NO_EXEC, MountFlags.parse("ro,noexec"));
        assertEquals("ro,noexec", MountFlags.text(MountFlags.READ_ONLY | MountFlags.NO_EXEC));
        assertEquals("rw", MountFlags.text(MountFlags.parse("rw")));
        String message = org.junit.jupiter.api.Assertions.assertThrows(IllegalArgumentException.class,
                () -> MountFlags.parse("ro,quick")).getMessage();
        assertTrue(message.contains("'quick'") && message.contains("noexec"), message);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "4"})
    void protectedFiles(int flag) {
        with((kernel, process) -> {
            long fd = open(process, "/file", RDWR);
            process.ok("mmap", A + 8 * P, P, 3, MAP_SHARED | MAP_FIXED, fd, 0);
            process.files().get((int) fd).vnode().flags(flag);
            assertEquals(Errno.EPERM, process.call("mmap", 0, P, 3, MAP_SHARED, fd, 0));
            assertEquals(Errno.EPERM, process.call("mmap", 0, P, 2, MAP_SHARED, fd, 0));
            process.ok("mmap", A, P, 1, MAP_SHARED | MAP_FIXED, fd, 0);
            assertEquals(Errno.EACCES, process.call("mprotect", A, P, 3));
            process.ok("mmap", A, P, 3, MAP_PRIVATE | MAP_FIXED, fd, 0);
            assertEquals(0, process.poke(A, 7));
            assertEquals(0, process.poke(A + 8 * P, 8), "what was mapped before stays writable");
        });
    }

    @Test
    void filesWithoutNamesAreNotWrittenSoon() {
        with((kernel, process) -> {
            long fd = open(process, "/file", RDWR);
            process.ok("mmap", A, P, 3, MAP_SHARED | MAP_FIXED, fd, 0);
            assertFalse(process.entry(A).has(EntryFlags.NOSYNC));
            process.ok("unlink", process.string(TEXT, "/file"));
            process.ok("mmap", A, P, 3, MAP_SHARED | MAP_FIXED, fd, 0);
            assertTrue(process.entry(A).has(EntryFlags.NOSYNC));
        });
    }
}
