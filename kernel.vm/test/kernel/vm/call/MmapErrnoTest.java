// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static kernel.vm.call.MemorySymbols.MAP_STACK;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import kernel.sched.errno.Errno;
import kernel.vm.file.Vnode;
import kernel.vm.syscall.Resource;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every errno of mmap, and which of two mistakes is found first. */
class MmapErrnoTest {
    private static final long P = 4096;
    private static final int RW = 3;
    private static final long MAX = TestKernel.LIMITS.maxAddress();
    private static final int RDWR_FD = 0;
    private static final int RDONLY_FD = 1;
    private static final int WRONLY_FD = 2;
    private static final int DIRECTORY_FD = 3;
    private static final int SHM_FD = 4;
    private static final int IMMUTABLE_FD = 5;
    private static final int CLOSED_FD = 77;

    @TempDir
    static Path root;

    private static Arguments row(
            String why, int errno, long addr, long len, int prot, int flags, int fd, long pos) {
        return Arguments.of(why, errno, new long[] {addr, len, prot, flags, fd, pos});
    }

    static Stream<Arguments> rows() {
        int anon = MAP_ANON | MAP_PRIVATE;
        return Stream.of(
                row("negative length", Errno.EINVAL, 0, -1, RW, anon, -1, 0),
                row("length 2^63", Errno.EINVAL, 0, Long.MIN_VALUE, RW, anon, -1, 0),
                row("length 2^63-1 finds no space", Errno.ENOMEM, 0, Long.MAX_VALUE, RW, anon, -1, 0),
                row("anonymous with a descriptor", Errno.EINVAL, 0, P, RW, anon, RDWR_FD, 0),
                row("anonymous with descriptor -2", Errno.EINVAL, 0, P, RW, anon, -2, 0),
                row("negative length before closed descriptor", Errno.EINVAL, 0, -1, RW, MAP_PRIVATE, CLOSED_FD, 0),
                row("stack with a descriptor", Errno.EINVAL, 0, P, RW, MAP_STACK, RDWR_FD, 0),
                row("stack without write", Errno.EINVAL, 0, P, 1, MAP_STACK, -1, 0),
                row("stack without read", Errno.EINVAL, 0, P, 2, MAP_STACK, -1, 0),
                row("fixed, unaligned", Errno.EINVAL, 0x10001, P, RW, anon | MAP_FIXED, -1, 0),
                row("fixed, unaligned after the offset", Errno.EINVAL, 0x10000, P, RW, anon | MAP_FIXED, -1, 0x123),
                row("fixed, aligned by the offset", 0, 0x10123, P, RW, anon | MAP_FIXED, -1, 0x123),
                row("fixed above the end", Errno.EINVAL, MAX, P, RW, anon | MAP_FIXED, -1, 0),
                row("fixed across the end", Errno.EINVAL, MAX - P, 2 * P, RW, anon | MAP_FIXED, -1, 0),
                row("fixed at the very end", 0, MAX - P, P, RW, anon | MAP_FIXED, -1, 0),
                row("fixed that wraps", Errno.EINVAL, -P, P, RW, anon | MAP_FIXED, -1, 0),
                row("fixed unaligned before closed descriptor", Errno.EINVAL, 0x10001, P, RW,
                        MAP_PRIVATE | MAP_FIXED, CLOSED_FD, 0),
                row("fixed at 0", 0, 0, P, RW, anon | MAP_FIXED, -1, 0),
                row("hint too high", Errno.ENOMEM, MAX - P, 2 * P, RW, anon, -1, 0),
                row("hint in the last page of all numbers wraps to 0", 0, -1, P, RW, anon, -1, 0),
                row("closed descriptor", Errno.EBADF, 0, P, RW, MAP_PRIVATE, CLOSED_FD, 0),
                row("closed descriptor with length 0", Errno.EBADF, 0, 0, RW, MAP_PRIVATE, CLOSED_FD, 0),
                row("negative descriptor", Errno.EBADF, 0, P, RW, MAP_PRIVATE, -1, 0),
                row("read of a write-only file, private", Errno.EACCES, 0, P, 1, MAP_PRIVATE, WRONLY_FD, 0),
                row("read of a write-only file, shared", Errno.EACCES, 0, P, 1, MAP_SHARED, WRONLY_FD, 0),
                row("write of a write-only file, private", 0, 0, P, 2, MAP_PRIVATE, WRONLY_FD, 0),
                row("write of a read-only file, shared", Errno.EACCES, 0, P, RW, MAP_SHARED, RDONLY_FD, 0),
                row("write of a read-only file, private", 0, 0, P, RW, MAP_PRIVATE, RDONLY_FD, 0),
                row("both shared and private is shared", Errno.EACCES, 0, P, RW, MAP_SHARED | MAP_PRIVATE, RDONLY_FD, 0),
                row("neither shared nor private is private", 0, 0, P, RW, 0, RDONLY_FD, 0),
                row("directory, readable", Errno.EINVAL, 0, P, 1, MAP_PRIVATE, DIRECTORY_FD, 0),
                row("directory, shared write is looked at first", Errno.EACCES, 0, P, RW, MAP_SHARED, DIRECTORY_FD, 0),
                row("directory, length 0", 0, 0, 0, 1, MAP_PRIVATE, DIRECTORY_FD, 0),
                row("immutable file, shared write", Errno.EPERM, 0, P, RW, MAP_SHARED, IMMUTABLE_FD, 0),
                row("immutable file, private write", 0, 0, P, RW, MAP_PRIVATE, IMMUTABLE_FD, 0),
                row("immutable file, shared read", 0, 0, P, 1, MAP_SHARED, IMMUTABLE_FD, 0),
                row("memory file", 0, 0, P, RW, MAP_SHARED, SHM_FD, 0),
                row("behind the end of the file", 0, 0, P, RW, MAP_SHARED, RDWR_FD, 100 * P),
                row("unknown prot bits", 0, 0, P, 0xff0 | RW, anon, -1, 0),
                row("unknown flag bits", 0, 0, P, RW, anon | 0x4f00_0000, -1, 0),
                row("length 0", 0, 0, 0, RW, anon, -1, 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void errno(String why, int errno, long[] arguments) throws IOException {
        withFiles(process -> {
            assertEquals(errno, process.call("mmap", arguments), why);
        });
    }

    private interface Body {
        void run(TestProcess process);
    }

    private static void withFiles(Body body) throws IOException {
        Files.write(root.resolve("file"), new byte[(int) (4 * P)]);
        Files.write(root.resolve("immutable"), new byte[(int) P]);
        Files.createDirectories(root.resolve("dir"));
        try (TestKernel kernel = new TestKernel(16L << 20, root)) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                long text = process.ok("mmap", 0x3000_0000, P, RW, MAP_ANON | MAP_FIXED, -1, 0);
                assertEquals(RDWR_FD, process.ok("open", process.string(text, "/file"), 2, 0));
                assertEquals(RDONLY_FD, process.ok("open", process.string(text, "/file"), 0, 0));
                assertEquals(WRONLY_FD, process.ok("open", process.string(text, "/file"), 1, 0));
                assertEquals(DIRECTORY_FD, process.ok("open", process.string(text, "/dir"), 0, 0));
                assertEquals(SHM_FD, process.ok("shm_open", process.string(text, "name"), 0x202, 0));
                assertEquals(IMMUTABLE_FD, process.ok("open", process.string(text, "/immutable"), 2, 0));
                process.files().get(IMMUTABLE_FD).vnode().flags(Vnode.IMMUTABLE);
                body.run(process);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("limitRows")
    void limits(String why, int errno, long maxEntries, long vmem, long[] arguments) throws IOException {
        withFiles(process -> {
            process.vmspace().map().context().tunables().maxProcMmap(maxEntries);
            process.limit(Resource.VMEM, vmem);
            assertEquals(errno, process.call("mmap", arguments), why);
        });
    }

    static Stream<Arguments> limitRows() {
        long inf = Resource.INFINITY;
        long[] anon = {0, 2 * P, RW, MAP_ANON, -1, 0};
        long[] empty = {0, 0, RW, MAP_ANON, -1, 0};
        long[] closed = {0, P, RW, MAP_PRIVATE, CLOSED_FD, 0};
        long[] replaced = {0x3000_0000, P, RW, MAP_ANON | MAP_FIXED, -1, 0};
        long[] directory = {0, 2 * P, 1, MAP_PRIVATE, DIRECTORY_FD, 0};
        return Stream.of(
                Arguments.of("one entry is the limit", Errno.ENOMEM, 1L, inf, anon),
                Arguments.of("even for length 0", Errno.ENOMEM, 1L, inf, empty),
                Arguments.of("even for a replacement", Errno.ENOMEM, 1L, inf, replaced),
                Arguments.of("the descriptor comes first", Errno.EBADF, 1L, inf, closed),
                Arguments.of("two entries are the limit", 0, 2L, inf, anon),
                Arguments.of("no limit", 0, 0L, inf, anon),
                Arguments.of("size limit", Errno.ENOMEM, 0L, 2 * P, anon),
                Arguments.of("size limit, exactly", 0, 0L, 3 * P, anon),
                Arguments.of("what is replaced counts twice", Errno.ENOMEM, 0L, P, replaced),
                Arguments.of("length 0 is not looked at", 0, 0L, 0L, empty),
                Arguments.of("size limit before the kind of file", Errno.ENOMEM, 0L, 2 * P, directory));
    }
}
