// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import kernel.sched.errno.Errno;
import kernel.vm.object.VmProfile;
import kernel.vm.syscall.Resource;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Errno of the calls on ranges, and what is found first. Mapped: A = 4 pages at 0x1000000 (read and write), one page
 * hole, B = 1 page behind it (read only, at most read); the highest entry of the map.
 */
class RangeErrnoTest {
    private static final long P = 4096;
    private static final long A = 0x0100_0000;
    private static final long HOLE = A + 4 * P;
    private static final long B = HOLE + P;
    private static final long MAX = TestKernel.LIMITS.maxAddress();

    private static Arguments row(String call, String why, int errno, long... arguments) {
        return Arguments.of(call, why, errno, arguments);
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                row("munmap", "length 0", Errno.EINVAL, A, 0),
                row("munmap", "length 0 before everything", Errno.EINVAL, MAX, 0),
                row("munmap", "one byte", 0, A + 1, 1),
                row("munmap", "wrap", Errno.EINVAL, -P, 2 * P),
                row("munmap", "across the end", Errno.EINVAL, MAX - P, 2 * P),
                row("munmap", "hole at the end", Errno.EINVAL, A, 5 * P),
                row("munmap", "hole in the middle", Errno.EINVAL, A, 6 * P),
                row("munmap", "unmapped", Errno.EINVAL, HOLE, P),
                row("munmap", "all numbers, aligned", 0, A + P, -1),
                row("munmap", "all numbers, unmapped", Errno.EINVAL, HOLE, -1),
                row("munmap", "exactly", 0, A, 4 * P),
                row("mprotect", "down", 0, A, P, 1),
                row("mprotect", "hole", 0, A, 5 * P, 1),
                row("mprotect", "unmapped", 0, HOLE, P, 7),
                row("mprotect", "above the end", 0, MAX, P, 7),
                row("mprotect", "more than allowed", Errno.EACCES, B, P, 3),
                row("mprotect", "more than allowed behind a hole", Errno.EACCES, A, 6 * P, 3),
                row("mprotect", "the last page of all numbers wraps", Errno.EINVAL, -1, 1, 1),
                row("mprotect", "wrap before protection", Errno.EINVAL, -P, 2 * P, 7),
                row("mprotect", "unknown bits", 0, A, P, 0x79),
                row("minherit", "share", 0, A, P, 0),
                row("minherit", "hole", 0, A, 6 * P, 2),
                row("minherit", "3", Errno.EINVAL, A, P, 3),
                row("minherit", "256 is 0", 0, A, P, 256),
                row("minherit", "-1", Errno.EINVAL, A, P, -1),
                row("minherit", "666", Errno.EINVAL, A, P, 666),
                row("minherit", "wrap before value", Errno.EINVAL, -P, 2 * P, 0),
                row("msync", "mapped", 0, A, 4 * P, 0),
                row("msync", "asynchronously", 0, A, P, 1),
                row("msync", "both flags", Errno.EINVAL, A, P, 3),
                row("msync", "-1", Errno.EINVAL, A, P, -1),
                row("msync", "other flags are ignored", 0, A, P, 0x70),
                row("msync", "hole", Errno.EINVAL, A, 5 * P, 0),
                row("msync", "unmapped", Errno.EINVAL, HOLE, P, 0),
                row("msync", "length 0", 0, A + P, 0, 0),
                row("msync", "length 0, unmapped", Errno.EINVAL, HOLE, 0, 0),
                row("msync", "wrap", Errno.EINVAL, -P, 2 * P, 0),
                row("madvise", "normal", 0, A, P, 0),
                row("madvise", "hole", 0, A, 6 * P, 4),
                row("madvise", "unmapped", 0, HOLE, P, 3),
                row("madvise", "-1", Errno.EINVAL, A, P, -1),
                row("madvise", "11", Errno.EINVAL, A, P, 11),
                row("madvise", "the end, nothing", 0, MAX, 0, 0),
                row("madvise", "the end, one byte", Errno.EINVAL, MAX, 1, 0),
                row("madvise", "wrap", Errno.EINVAL, A, -1, 0),
                row("madvise", "advice before addresses", Errno.EINVAL, A, P, 99),
                row("madvise", "protect looks at nothing else", 0, -1, -1, 10),
                row("mlock", "mapped", 0, A, 4 * P),
                row("mlock", "one byte", 0, A + 1, 1),
                row("mlock", "hole", Errno.ENOMEM, A, 5 * P),
                row("mlock", "unmapped", Errno.ENOMEM, HOLE, P),
                row("mlock", "address 0", Errno.ENOMEM, 0, P),
                row("mlock", "wrap", Errno.EINVAL, -1, 2),
                row("mlock", "the last page of all numbers", Errno.EINVAL, -P, P - 1),
                row("munlock", "never locked", 0, A, P),
                row("munlock", "hole", Errno.ENOMEM, A, 5 * P),
                row("munlock", "unmapped", Errno.ENOMEM, HOLE, P),
                row("munlock", "wrap", Errno.EINVAL, -1, 2),
                row("mlockall", "0", Errno.EINVAL, 0),
                row("mlockall", "4", Errno.EINVAL, 4),
                row("mlockall", "current", 0, 1),
                row("munlockall", "", 0));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("rows")
    void errno(String call, String why, int errno, long[] arguments) {
        withMap(process -> assertEquals(errno, process.call(call, arguments), why));
    }

    static Stream<Arguments> unprivileged() {
        return Stream.of(
                row("mlock", "privilege before wrap", Errno.EPERM, -1, 2),
                row("munlock", "privilege before hole", Errno.EPERM, HOLE, P),
                row("mlockall", "privilege", Errno.EPERM, 1),
                row("mlockall", "flags before privilege", Errno.EINVAL, 0),
                row("munlockall", "privilege", Errno.EPERM),
                row("madvise", "protect", Errno.EPERM, A, P, 10),
                row("madvise", "bad advice", Errno.EINVAL, A, P, 11));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("unprivileged")
    void errnoOfUsers(String call, String why, int errno, long[] arguments) {
        withMap(process -> {
            process.root = false;
            assertEquals(errno, process.call(call, arguments), why);
        });
    }

    private interface Body {
        void run(TestProcess process);
    }

    private static void withMap(Body body) {
        try (TestKernel kernel = new TestKernel()) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", A, 4 * P, 3, MAP_ANON | MAP_FIXED | MAP_PRIVATE, -1, 0);
                process.ok("mmap", B, P, 1, MAP_ANON | MAP_FIXED, -1, 0);
                limitToRead(kernel, process);
                body.run(process);
                process.exit();
                assertEquals(0, kernel.pagesInUse(), "pages left");
            });
        }
    }

    /** Replaces B by a mapping of a memory file that is only open for reading. */
    private static void limitToRead(TestKernel kernel, TestProcess process) {
        long text = process.string(A, "limit");
        long writable = process.ok("shm_open", text, 0x202, 0);
        process.ok("ftruncate", writable, P);
        long readable = process.ok("shm_open", text, 0, 0);
        process.ok("mmap", B, P, 1, MAP_FIXED | MemorySymbols.MAP_SHARED, readable, 0);
        process.ok("shm_unlink", text);
        process.ok("close", readable);
        process.ok("close", writable);
    }

    @Test
    void lockLimits() {
        withMap(process -> {
            var context = process.vmspace().map().context();
            context.tunables().maxWired(context.pages().wired() + 1);
            assertEquals(Errno.EAGAIN, process.call("mlock", A, 2 * P), "more than the system has left");
            context.tunables().maxWired(1);
            assertEquals(Errno.ENOMEM, process.call("mlock", A, 2 * P), "more than the system ever has");
            context.tunables().maxWired(10_000);
            process.limit(Resource.MEMLOCK, 2 * P);
            assertEquals(0, process.call("mlock", A, P));
            assertEquals(Errno.ENOMEM, process.call("mlock", A, 2 * P), "locked pages count twice");
            process.limit(Resource.MEMLOCK, Resource.INFINITY);
            context.tunables().maxWired(1);
            process.limit(Resource.MEMLOCK, 0);
            assertEquals(Errno.ENOMEM, process.call("mlock", A, 3 * P));
            assertEquals(0, process.call("munlock", A, P));
        });
    }

    @Test
    void invalidatingLockedMemoryIsRefused() {
        withMap(process -> {
            process.ok("mlock", A, P);
            assertEquals(Errno.EBUSY, process.call("msync", A, P, MemorySymbols.MS_INVALIDATE));
            process.ok("munlock", A, P);
            assertEquals(0, process.call("msync", A, P, MemorySymbols.MS_INVALIDATE));
        });
    }

    @Test
    void protectMarksTheProcess() {
        withMap(process -> {
            process.ok("madvise", 0, 0, MemorySymbols.MADV_PROTECT);
            assertTrue(process.immortal);
        });
    }

    @Test
    void hazardsAreDiagnosed() {
        try (TestKernel kernel = new TestKernel()) {
            kernel.on(() -> {
                kernel.vm.context().profile(VmProfile.seed());
                TestProcess process = kernel.process();
                process.ok("mmap", A, 4 * P, 3, MAP_ANON | MAP_FIXED, -1, 0);
                assertEquals(0, process.call("msync", A, P, 0));
                assertTrue(kernel.vm.context().lastHazard().contains("msync"), "the endless walk is named");
                assertEquals(0, process.call("mlock", A + P, 0));
                assertTrue(kernel.vm.context().lastHazard().contains("mlock"), "the endless transition is named");
                process.ok("mmap", A + 8 * P, P, 3, MAP_ANON | MAP_FIXED, -1, 0);
                assertEquals(Errno.EINVAL, process.call("msync", A + 8 * P, P, 0), "a hole lower down is found");
                process.exit();
            });
        }
    }
}
